"""Several runs, cue by cue."""

import math
from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.base.errors import RunError
from gradcam_core.runs.compare import over_time
from gradcam_core.runs.compare.over_time import histories
from gradcam_core.runs.store import open_run
from tests.compared_runs import MARK, edit_table, searched_run
from tests.run_factory import Recipe, make_run

FLAGS = {"background-swap": "background"}


def test_each_run_keeps_its_place_and_what_was_not_tested_is_no_zero() -> None:
    first, second = histories(
        [edit_table(0.9), pd.DataFrame(), edit_table(0.02, mark=0.6), edit_table(0.5, mark=0.02)], FLAGS
    )
    assert (first.flag, first.name, first.tested) == ("background", "the background", 3)
    values = [None if one is None else one.value for one in first.effects]
    assert values[1] is None
    assert values[0] == pytest.approx(0.88, abs=0.05) and values[2] == pytest.approx(0.0, abs=0.05)
    assert (second.suspicion, second.name) == (MARK, "a marker at a fixed place for “dog”")
    assert [one is None for one in second.effects] == [True, True, False, False]


def test_the_filler_that_showed_least_counts() -> None:
    table = edit_table(0.9)
    tiles = (table["filler"] == "tiles") & (table["arm"] == "edit")
    weaker = pd.concat(
        [table[~tiles], edit_table(0.1).loc[lambda t: (t["filler"] == "tiles") & (t["arm"] == "edit")]]
    )
    (one,) = histories([weaker], FLAGS)
    effect = one.effects[0]
    assert effect is not None and effect.value < 0.2 and math.isfinite(effect.low)


def test_cues_that_reach_ten_points_come_first() -> None:
    found = histories([edit_table(0.03, mark=0.6)], FLAGS)
    assert [one.flag for one in found] == ["fixed-marker", "background"]


def test_runs_of_other_classes_are_refused(tmp_path: Path) -> None:
    one = open_run(searched_run(tmp_path, "one", edit_table(0.9)))
    other = open_run(make_run(tmp_path, Recipe(name="other", classes=("fox", "owl"))))
    assert [history.flag for history in over_time([one])] == ["background"]
    with pytest.raises(RunError, match="same classes"):
        over_time([one, other])
