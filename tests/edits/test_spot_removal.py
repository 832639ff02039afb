"""Removing a marked spot."""

import pytest

from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    by_corner,
    by_ground,
    by_object,
    scenes_of,
)
from tests.edits.marks import difference, marked


@pytest.mark.parametrize(("predict", "expected"), [(by_corner, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_removing_the_spot(predict, expected):
    scenes, suspicion = marked()
    scenes = scenes_of(scenes.pictures, predict)
    table = run_checks(scenes, predict, None, [suspicion], only=["spot-removal"])
    assert set(table["sample_id"]) == set(suspicion.samples)
    assert (table["suspicion"] == suspicion.id).all()
    assert difference(table).tolist() == pytest.approx([expected] * 2)
