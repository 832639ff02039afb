"""Pasting one part of the object on objects of other classes."""

import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from tests.edits.bands import banded, by_band
from tests.edits.made import by_ground, by_object
from tests.edits.marks import difference


@pytest.mark.parametrize(("predict", "expected"), [(by_band, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_only_the_model_that_goes_by_the_part_calls_others_by_its_class(predict, expected):
    scenes, part = banded(predict)
    table = run_checks(scenes, predict, None, [part], only=["part-insertion"])
    assert set(table["label"]) == {"blue"} and set(table["target"]) == {"red"}
    assert set(table["filler"]) == {"crop", "average"}
    table["reached"] = table["predicted_after"] == table["target"]
    assert difference(table, "reached").tolist() == pytest.approx([expected] * 2)


def test_a_part_that_nobody_shows_tests_nothing():
    scenes, _ = banded()
    lost = Suspicion("part/red/part", "part", "red", ("gone",), {"gone": (0, 0, 1, 1)})
    assert not len(run_checks(scenes, by_band, None, [lost], only=["part-insertion", "part-removal"]))
