"""Removing the object."""

from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    by_ground,
    by_object,
    scenes_for,
)
from tests.edits.marks import difference


def test_removing_the_object_moves_the_model_that_looks_at_it():
    looks, ignores = (
        run_checks(scenes_for(predict), predict, None, [], budget=40, only=["object-removal"])
        for predict in (by_object, by_ground)
    )
    assert difference(looks).min() >= 0.45  # one class of the fake is the default, it stays
    assert ignores["flipped"].sum() == 0
