"""From probabilities to objects and from boxes to hits, worked by hand on small grids."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.logits import cell_probabilities
from gradcam_core.base.types import Box, InputSpec, MaskFile, Polygon, Region, Resize
from gradcam_core.images import geometry, turned_edges, turned_size
from gradcam_core.images.turning import TURNS
from gradcam_core.tasks.object_detection.cells import (
    FoundObject,
    from_text,
    objects,
    rectangles,
    threshold,
    to_text,
)
from gradcam_core.tasks.object_detection.matching import kind, matched
from gradcam_core.tasks.object_detection.summary import per_class, sentence
from gradcam_core.tasks.object_detection.truth import Marked, marked

CLASSES = ("background", "nut", "bolt")


def shares(rows: list[str]) -> np.ndarray:
    """(h, w, 3): "." background, "n" and "b" a sure class, "?" a nut of 0.4."""
    known = {".": (0.9, 0.05, 0.05), "n": (0.1, 0.8, 0.1), "b": (0.1, 0.1, 0.8), "?": (0.3, 0.4, 0.3)}
    return np.array([[known[cell] for cell in row] for row in rows])


def test_neighbours_of_one_class_are_one_object_also_at_a_corner() -> None:
    found = objects(shares(["n..b", ".nb.", "....", "n.?."]), 0.5)
    assert [(one.channel, one.cells) for one in found] == [
        (1, ((0, 0), (1, 1))),
        (2, ((0, 3), (1, 2))),
        (1, ((3, 0),)),
    ]
    assert found[0].centre == (1.0, 1.0) and found[0].score == 0.8


def test_a_lower_threshold_finds_more() -> None:
    assert len(objects(shares([".?."]), 0.5)) == 0
    assert [one.channel for one in objects(shares([".?."]), 0.4)] == [1]
    assert (threshold({}), threshold({"min_score": 0.3})) == (0.5, 0.3)


def test_probabilities_of_each_kind_of_head() -> None:
    logits = np.array([[0, np.log(3), 0, 0]], np.float32)  # two cells of two channels
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "softmax")[0, 0, 0], [0.25, 0.75])
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "linear")[0, 0, 1], [0.5, 0.5])
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "sigmoid")[0, 0, 0], [0.5, 0.75])


def test_cells_as_text_and_back() -> None:
    assert from_text(to_text(((0, 3), (12, 5)))) == ((0, 3), (12, 5))
    assert from_text("") == ()


SPEC = InputSpec(32, 48, 3)


def edges(region: Region, size: tuple[int, int], spec: InputSpec = SPEC) -> list[tuple[float, ...]]:
    found, _ = marked(region, size, spec, (4, 6), ("nut", "bolt"))
    return [one.edges for one in found]


def test_boxes_land_on_the_grid_through_every_resize() -> None:
    box = Region("box", (Box(96, 16, 192, 32, "nut"),))
    assert edges(box, (64, 192)) == [(1.0, 3.0, 2.0, 6.0)]
    # 64×192 cropped to 64×96 around the centre shows x from 48 to 144
    short = InputSpec(32, 48, 3, resize="fit-short")
    assert edges(box, (64, 192), short) == [(1.0, 3.0, 2.0, 6.0)]
    # scaled by 1/4 to 16×48 with 8 rows of padding above
    long = InputSpec(32, 48, 3, resize="fit-long")
    assert edges(box, (64, 192), long) == [(1.5, 3.0, 2.0, 6.0)]
    triangle = Region("mask", (Polygon(((96, 16), (192, 20), (100, 32)), "nut"),))
    assert edges(triangle, (64, 192)) == edges(box, (64, 192))


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
@pytest.mark.parametrize("turn", TURNS)
def test_boxes_and_cells_of_turned_pictures_lie_as_people_see_them(turn: int, resize: Resize) -> None:
    spec, stored = InputSpec(32, 48, 3, resize=resize), (64, 192)
    top, left, bottom, right = turned_edges((16, 96, 32, 140), stored, turn)
    size = turned_size(stored, turn)
    region = Region("box", (Box(left, top, right, bottom, "nut"),))
    found, _ = marked(region, size, spec, (4, 6), ("nut", "bolt"), turn)
    assert found[0].edges == pytest.approx(
        edges(Region("box", (Box(96, 16, 140, 32, "nut"),)), stored, spec)[0]
    )
    cells = ((1, 3), (2, 4))
    plain = rectangles(cells, (4, 6), geometry(stored, spec.size, resize))
    shown = rectangles(cells, (4, 6), geometry(size, spec.size, resize, turn))
    for one, other in zip(plain, shown, strict=True):
        x0, y0, x1, y1 = one
        expected = turned_edges((y0, x0, y1, x1), (1, 1), turn)
        assert (other[1], other[0], other[3], other[2]) == pytest.approx(expected)


def test_what_cannot_be_used_or_told_apart_is_said() -> None:
    shapes = (
        Box(0, 0, 20, 20, "nut"), Box(2, 2, 24, 24, "bolt"), Box(0, 40, 9, 60, "cog"), Box(1, 1, 2, 2),
        Box(150, 0, 190, 20, "nut"), MaskFile(Path("mask.png")),
    )  # fmt: skip
    short = InputSpec(32, 48, 3, resize="fit-short")
    found, notes = marked(Region("box", shapes), (64, 192), short, (4, 6), ("nut", "bolt"))
    assert found == []
    found, notes = marked(Region("box", shapes), (64, 96), SPEC, (4, 6), ("nut", "bolt"))
    assert [one.number for one in found] == [1, 2] and [one.cell for one in found] == [(0, 0), (0, 0)]
    assert notes == [
        "box 3: the model has no class 'cog'", "box 4 has no class",
        "box 5 lies outside what the model sees", "box 6 has no class",
        "2 boxes share the cell 0,0: the grid sees one",
    ]  # fmt: skip


def box(number: int, label: str, *where: float) -> Marked:
    return Marked(number, label, Box(0, 0, 1, 1, label), (where[0], where[1], where[2], where[3]))


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


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """(picture, label, predicted, boxes)."""
    made = pd.DataFrame(rows, columns=["picture", "label", "predicted", "boxes"])
    return made.assign(
        detection=[kind(a, b) for a, b in zip(made["label"], made["predicted"], strict=True)]
    )


def test_precision_counts_objects_and_recall_counts_boxes() -> None:
    made = table(
        ("a", "nut", "nut", "1"), ("a", "nut", "nut", "1"), ("a", "nut", "background", "2"),
        ("b", "background", "nut", ""), ("b", "bolt", "nut", "1"), ("c", "background", "background", ""),
        ("d", "bolt", "bolt", "1 2"),
    )  # fmt: skip
    whole, nut, bolt = per_class(made, CLASSES)
    assert (nut.found, nut.right, nut.boxes, nut.hit) == (4, 2, 2, 1)
    assert (nut.precision, nut.recall, nut.f1) == (0.5, 0.5, 0.5)
    assert (bolt.found, bolt.right, bolt.boxes, bolt.hit) == (1, 1, 3, 2)
    assert (whole.found, whole.boxes, whole.hit) == (5, 5, 3)
    assert nut.precision_interval == pytest.approx((0.150, 0.850), abs=1e-3)  # Wilson, 2 of 4
    assert whole.f1_interval[0] <= whole.f1 <= whole.f1_interval[1]
    said = sentence(made, {"project": {"class_names": list(CLASSES)}})
    assert said.startswith("Of 5 objects found 3 lie on a box of their class (") and "5 boxes 3" in said


def test_without_boxes_nothing_is_right_or_wrong() -> None:
    made = table(("a", "background", "nut", "")).assign(label=None, detection=None)
    whole, nut, _ = per_class(made, CLASSES)
    assert (whole.found, whole.boxes) == (0, 0) and np.isnan(nut.precision) and np.isnan(nut.f1)
    assert sentence(made, {"project": {"class_names": list(CLASSES)}}).startswith("Nothing can be called")
