"""Pasting a mark into pictures of other classes."""

import numpy as np
import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    BOX,
    HEIGHT,
    WIDTH,
    by_corner,
    by_frame,
    by_ground,
    by_object,
    draw,
    scenes_for,
    scenes_of,
)
from tests.edits.marks import RED, difference, marked


@pytest.mark.parametrize(("predict", "expected"), [(by_corner, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_inserting_the_mark(predict, expected):
    scenes, suspicion = marked()
    scenes = scenes_of(scenes.pictures, predict)
    table = run_checks(scenes, predict, None, [suspicion], only=["patch-insertion"])
    assert set(table["label"]) == {"blue"}
    assert set(table["target"]) == {"red"}
    table["reached"] = table["predicted_after"] == table["target"]
    assert difference(table, "reached").tolist() == pytest.approx([expected] * 2)
    crops = table[(table["filler"] == "crop") & (table["arm"] == "control")]
    assert set(crops["donor_label"]) == {"blue"}


def test_a_spot_that_touches_the_object_is_removed_beside_it_and_not_pasted():
    """A model that goes by the object: a spot over its left half takes nothing away and proves nothing."""
    pictures, cover, _ = draw()
    boxes = {}
    for row in np.flatnonzero(RED):
        rows, columns = np.nonzero(cover[row])
        top, left = rows.min() / HEIGHT, (columns.min() - 12) / WIDTH
        boxes[f"s{row:03d}"] = (top, max(0.0, left), top + 14 / HEIGHT, left + 18 / WIDTH)
    spot = Suspicion("fixed-marker/red/1", "fixed-marker", "red", tuple(boxes), boxes)
    scenes = scenes_of(pictures, by_object)
    table = run_checks(scenes, by_object, None, [spot], only=["spot-removal", "patch-insertion"])
    assert set(table["edit"]) == {"spot-removal"}
    edited = table[table["arm"] == "edit"]
    assert (edited["margin_after"] > 0.85 * edited["margin_before"]).all()
    over = {name: (box[0], box[1] + 12 / WIDTH, box[2], box[3]) for name, box in boxes.items()}
    gone = Suspicion("fixed-marker/red/2", "fixed-marker", "red", tuple(over), over)
    assert len(run_checks(scenes, by_object, None, [gone], only=["spot-removal", "patch-insertion"])) == 0


def test_a_mark_nobody_shows_tests_nothing():
    lost = Suspicion("fixed-marker/red/9", "fixed-marker", "red", ("gone",), {"gone": BOX})
    assert len(run_checks(scenes_for(by_corner), by_corner, None, [lost], only=["patch-insertion"])) == 0
    assert len(run_checks(scenes_for(by_corner), by_corner, None, [lost], only=["spot-removal"])) == 0


@pytest.mark.parametrize(("predict", "expected"), [(by_frame, 1.0), (by_object, 0.0)])
def test_a_frame_is_inserted_as_a_ring(predict, expected):
    """Its box is the whole picture: pasted as a box it would bring the object along."""
    pictures = draw()[0]
    for part in (np.s_[:, :2], np.s_[:, -2:], np.s_[:, :, :2], np.s_[:, :, -2:]):
        pictures[part][RED] = 255
    scenes = scenes_of(pictures, predict)
    shows = tuple(scenes.ids[row] for row in np.flatnonzero(RED))
    frame = Suspicion("border/red/data", "border", "red", shows, dict.fromkeys(shows, (0.0, 0.0, 1.0, 1.0)))
    table = run_checks(scenes, predict, None, [frame], only=["patch-insertion", "spot-removal"])
    assert set(table["edit"]) == {"patch-insertion"}
    assert difference(table).tolist() == pytest.approx([expected] * 2)
