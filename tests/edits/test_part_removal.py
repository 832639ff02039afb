"""Painting over one part of the object."""

from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.edits.part_removal import eligible
from tests.edits.bands import banded, by_band
from tests.edits.made import by_ground, by_object
from tests.edits.marks import difference


@pytest.mark.parametrize(("predict", "expected"), [(by_band, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_only_the_model_that_goes_by_the_part_is_moved(predict, expected):
    scenes, part = banded(predict)
    table = run_checks(scenes, predict, None, [part], only=["part-removal"])
    assert set(table["filler"]) == {"inpaint", "colour"} and set(table["label"]) == {"red"}
    assert difference(table).tolist() == pytest.approx([expected] * 2)


def test_nothing_outside_of_the_object_changes():
    scenes, part = banded()
    stage = Stage(scenes, [part])
    row = int(eligible(stage, part)[0])
    rng = np.random.default_rng(0)
    for edit in CHECKS["part-removal"].plan(stage, row, part, rng):
        changed = (edit.picture != scenes.pictures[row]).any(axis=2)
        assert changed.any() or edit.arm == "control"
        assert not changed[~stage.mask(row)].any()


def test_samples_without_a_control_or_a_region_are_not_edited():
    scenes, part = banded()
    names = list(part.boxes)
    fewer = replace(part, controls={name: part.controls[name] for name in names[1:]})
    cover = scenes.cover.copy()
    cover[scenes.row_of[names[1]]] = np.nan
    rows = eligible(Stage(replace(scenes, cover=cover), [fewer]), fewer)
    assert [scenes.ids[row] for row in rows] == names[2:]
    assert not len(eligible(Stage(scenes), None))
