"""Labels and boxes of an export."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.base.types import Box
from gradcam_core.base.unzip import extract
from gradcam_core.projects.edge_impulse.labels_file import read_export
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import exported
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import make

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_labels_in_lines_are_read_as_those_in_one_object(tmp_path: Path) -> None:
    for name, is_lines in (("one", False), ("lines", True)):
        archive = tmp_path / f"{name}.zip"
        archive.write_bytes(toy.export_zip(ndjson=is_lines))
        extract(archive, tmp_path / name, lambda _name: True, "a test")
    one, lines = read_export(tmp_path / "one"), read_export(tmp_path / "lines")
    assert one == lines and len(one) == toy.COUNT
    assert one[1].sample.label == "cat" and one[1].sample.boxes == (Box(20, 10, 60, 40, "cat"),)


BOX = '{"label": "cat", "x": 1, "y": 2, "width": 3, "height": 4}'


OBJECTS = f'{{"type": "bounding-box-labels", "boundingBoxes": {{"5.png": [{BOX}]}}}}'


@pytest.mark.parametrize(
    ("label", "boxes", "expected"),
    [
        ('{"type": "label", "label": "0.5"}', "", "0.5"),
        ('{"type": "label", "label": "-1.5"}', "", "-1.5"),
        ('{"type": "unlabeled"}', "", None),
        ('{"type": "multi-label", "labels": []}', "", None),
        ('{"type": "label", "label": "5"}', OBJECTS, None),
    ],
)
def test_labels_come_from_the_file_of_labels(
    tmp_path: Path, label: str, boxes: str, expected: str | None
) -> None:
    """Not from a file's name; what stands there for a picture with boxes is the name's beginning."""
    make(tmp_path, "testing/5.png")
    entry = f'{{"path": "5.png", "category": "testing", "label": {label}}}'
    (tmp_path / "testing" / "info.labels").write_text(f'{{"version": 1, "files": [{entry}]}}')
    if boxes:
        (tmp_path / "testing" / "bounding_boxes.labels").write_text(boxes)
    (one,) = read_export(tmp_path)
    assert (one.path, one.sample.label, len(one.sample.boxes)) == ("testing/5.png", expected, bool(boxes))


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"__ndjson":true}\n{"__key": "files"}'])
def test_a_file_of_labels_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "info.labels").write_text(text)
    with pytest.raises(SourceError, match=r"info\.labels as Edge Impulse writes it"):
        read_export(tmp_path)


def test_a_path_in_the_labels_that_leads_outside_is_left_out(studio: Studio) -> None:
    bad = b'{"files": [{"path": "testing/../../x.jpg", "category": "testing", "label": {}}, '
    good = b'{"path": "testing/a.jpg", "category": "testing", "label": {}}]}'
    studio.export = toy.zipped({"info.labels": bad + good, "testing/a.jpg": toy.picture(0)})
    assert [one.path for one in exported(studio).samples] == ["export/testing/a.jpg"]
