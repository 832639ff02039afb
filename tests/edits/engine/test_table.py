"""The rows of the edit table."""

import pandas as pd

from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.table import COLUMNS
from tests.edits.made import by_ground, scenes_for


def test_table_is_as_documented_and_the_same_every_time():
    scenes = scenes_for(by_ground)
    first, second = (
        run_checks(scenes, by_ground, None, [], budget=9, seed=3, only=["background-swap"]) for _ in "ab"
    )
    assert tuple(first.columns) == COLUMNS
    pd.testing.assert_frame_equal(first, second)
    assert first["sample_id"].nunique() == 9
    assert (first.groupby(["sample_id", "filler"]).size() == 2).all()
    assert set(first["label"]) == {"blue", "red"}
    edits = first[first["arm"] == "edit"]
    assert (edits["donor_label"] == edits["target"]).all()
    assert (
        first[first["arm"] == "control"]["donor_label"] == first[first["arm"] == "control"]["label"]
    ).all()
