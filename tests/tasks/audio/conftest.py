"""A project of drawn sounds, and networks that read them."""

from pathlib import Path
from typing import Any

import pytest

from tests.tasks.audio.sounds import network, sound_project


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_project(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Kind of network -> its file, written once."""
    folder = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(folder / "home"))

        def path(kind: str) -> Path:
            file = folder / f"{kind}.keras"
            if not file.exists():
                network(kind).save(file)
            return file

        yield path
