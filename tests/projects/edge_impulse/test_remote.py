"""A sample as Edge Impulse knows it."""

from gradcam_core.base.types import Box
from gradcam_core.projects.edge_impulse.remote import boxes_of, label_of, texts


def test_boxes_without_numbers_or_without_area_are_left_out() -> None:
    good = {"x": 1, "y": 2, "width": 3, "height": 4.5, "label": "nut"}
    bad = [{**good, "width": 0}, {**good, "x": "1"}, {**good, "y": True}, {"label": "nut"}]
    assert boxes_of({"boundingBoxes": [*bad, good]}) == (Box(1, 2, 4, 6.5, "nut"),)
    assert boxes_of({}) == ()


def test_metadata_are_text() -> None:
    assert texts({"ward": 3, 4: None}) == {"ward": "3", "4": "None"}
    assert texts("ward") == {}


def test_a_project_labelled_by_boxes_has_no_label_where_boxes_are() -> None:
    boxes = (Box(0, 0, 1, 1),)
    assert label_of("cat", boxes, by_boxes=False) == "cat"
    assert label_of("cat", boxes, by_boxes=True) is None
    assert label_of("cat", (), by_boxes=True) == "cat"
    assert label_of("", (), by_boxes=False) is None
