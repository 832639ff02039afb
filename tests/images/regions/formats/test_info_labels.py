"""Boxes out of ``info.labels``, in both of its forms."""

import json
from pathlib import Path

import pytest

from gradcam_core.base.types import Box, Sample
from gradcam_core.images.regions import read_regions
from gradcam_core.images.regions.formats.info_labels import files_of
from tests.sound_project import make

BOX = {"label": "cat", "x": 1, "y": 1, "width": 3, "height": 2}
FILES = [
    {"path": "testing/a.png", "boundingBoxes": [BOX]},
    {"path": "testing/b.png", "boundingBoxes": []},
    {"path": "testing/gone.png", "boundingBoxes": [BOX]},
]
ONE = json.dumps({"version": 1, "files": FILES})
LINES = "\n".join(
    ['{"__ndjson":true,"version":1}', *(json.dumps({"__key": "files", "__item": one}) for one in FILES)]
)


@pytest.mark.parametrize("text", [ONE, LINES, "\ufeff" + ONE])
def test_boxes_are_those_of_the_named_picture(text: str, tmp_path: Path) -> None:
    make(tmp_path, "testing/a.png", "testing/b.png")
    (tmp_path / "info.labels").write_text(text, encoding="utf-8")
    samples = [Sample("a", "testing/a.png"), Sample("b", "testing/b.png")]
    found = read_regions(tmp_path / "info.labels", samples, tmp_path)
    assert {name: region.shapes for name, region in found.regions.items()} == {
        "a": (Box(1, 1, 4, 3, "cat"),)
    }
    assert found.problems == ["1 files with boxes are not in this project"]


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"__ndjson":true}\n{"__key": "files"}'])
def test_other_contents_are_said(text: str, tmp_path: Path) -> None:
    file = tmp_path / "info.labels"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"."):
        files_of(file)
