"""What a file tells of itself."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import SampleError
from gradcam_core.images.file_facts import FileFacts, read_file_facts


def test_format_mode_and_tags(tmp_path: Path) -> None:
    tags = Image.Exif()
    tags[271], tags[305] = "Acme\x1b[2J", "\x00"
    file = tmp_path / "a.jpg"
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(file, exif=tags)
    assert read_file_facts(file) == FileFacts("JPEG", "L", file.stat().st_size, "Acme?[2J", None)
    Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(tmp_path / "a.png")
    assert read_file_facts(tmp_path / "a.png").mode == "RGBA"


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"text")
    with pytest.raises(SampleError, match="not a picture"):
        read_file_facts(tmp_path / "a.png")
