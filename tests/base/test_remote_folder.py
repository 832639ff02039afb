"""Folders that lie behind a URL."""

from pathlib import Path

import fsspec
import pytest

from gradcam_core.base import remote_folder
from gradcam_core.base.errors import SourceError
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.images.reading import read_rgb

pytest_plugins = ["tests.remote_project"]


def test_a_mirror_holds_small_files_and_fetches_pictures_when_they_are_read(
    store: str, tmp_path: Path
) -> None:
    folder = remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES)
    assert folder.name == "pets"
    assert (folder / "labels.txt").read_text() == "cat\ndog\n"
    assert (folder / "testing" / "cat" / "a.png").stat().st_size == 0
    assert read_rgb(folder / "testing" / "cat" / "a.png").shape == (30, 40, 3)
    assert (folder / "testing" / "cat" / "a.png").stat().st_size > 0
    fsspec.filesystem("memory").rm(store.removeprefix("memory:/") + "/testing/dog/b.png")
    assert remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES) == folder
    assert not (folder / "testing" / "dog" / "b.png").exists()
    assert (folder / "testing" / "cat" / "a.png").stat().st_size > 0, "kept"
    assert not list(folder.rglob(".new-*"))


@pytest.mark.parametrize(
    ("url", "words"), [("memory://nowhere/at-all", "no files"), ("nosuch://bucket/x", "driver")]
)
def test_a_url_that_leads_nowhere_is_said(url: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words):
        remote_folder.make(url, tmp_path, PICTURE_SUFFIXES)
