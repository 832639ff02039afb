"""Found objects against annotated boxes."""

from gradcam_core.tasks.object_detection.cells import FoundObject
from gradcam_core.tasks.object_detection.matching import kind, matched
from gradcam_core.tasks.object_detection.truth import Marked
from tests.tasks.object_detection.boxes import CLASSES, box


def seen(*found: FoundObject, boxes: list[Marked]) -> list[tuple[str | None, str, tuple[int, ...]]]:
    entries = matched(found, boxes, CLASSES)
    return [(kind(e.label, e.found), e.label, tuple(b.number for b in e.boxes)) for e in entries]


NUT = box(1, "nut", 0.2, 0.2, 2.0, 2.0)


def test_hits_confusions_false_alarms_and_misses() -> None:
    assert seen(FoundObject(1, ((1, 1),), 0.9), boxes=[NUT]) == [("hit", "nut", (1,))]
    assert seen(FoundObject(2, ((1, 1),), 0.9), boxes=[NUT]) == [("other class", "nut", (1,))]
    assert seen(FoundObject(1, ((3, 5),), 0.9), boxes=[NUT]) == [
        ("false alarm", "background", ()), ("miss", "nut", (1,))
    ]  # fmt: skip
    assert seen(boxes=[]) == [("nothing", "background", ())]
    assert kind(None, "nut") is None and kind("nut", None) is None


def test_a_box_smaller_than_a_cell_is_hit_by_the_cell_that_holds_it() -> None:
    tiny = box(1, "nut", 1.8, 1.8, 1.9, 1.9)
    assert seen(FoundObject(1, ((1, 1),), 0.9), boxes=[tiny]) == [("hit", "nut", (1,))]
    assert seen(FoundObject(1, ((1, 2),), 0.9), boxes=[tiny])[0][0] == "false alarm"


def test_several_objects_on_one_box_and_several_boxes_under_one_object() -> None:
    twice = (FoundObject(1, ((0, 0),), 0.9), FoundObject(1, ((1, 1),), 0.8))
    assert [row[0] for row in seen(*twice, boxes=[NUT])] == ["hit", "hit"]
    two = [box(1, "nut", 0, 0, 1, 1), box(2, "nut", 0, 1, 1, 2)]
    assert seen(FoundObject(1, ((0, 0), (0, 1)), 0.9), boxes=two) == [("hit", "nut", (1, 2))]


def test_a_box_that_was_found_is_not_confused_as_well() -> None:
    both = (FoundObject(1, ((0, 0),), 0.9), FoundObject(2, ((1, 1),), 0.8))
    assert [row[0] for row in seen(*both, boxes=[NUT])] == ["hit", "false alarm"]
