"""A project behind a URL: files in a fake object store."""

from pathlib import Path

import fsspec
import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A project in a fake object store."""
    system = fsspec.filesystem("memory")
    root = f"/{tmp_path.name}/pets"
    picture = tmp_path / "p.png"
    Image.fromarray(np.full((30, 40, 3), 200, np.uint8)).save(picture)
    for name in ("testing/cat/a.png", "testing/dog/b.png", "masks/cat/a.png"):
        system.pipe_file(f"{root}/{name}", picture.read_bytes())
    system.pipe_file(f"{root}/labels.txt", b"cat\ndog\n")
    return f"memory:/{root}"
