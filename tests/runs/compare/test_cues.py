"""What became of a cue: by the interval of the difference, never by silence."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.intervals import Shift
from gradcam_core.runs.compare.cues import STATUS, CueChange, FillerChange, cue_changes, status_of
from tests.compared_runs import MARK, edit_table

FLAGS = {"background-swap": "background"}


def changes(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, CueChange]:
    ids = {name: name for name in before["sample_id"]}
    return {one.flag: one for one in cue_changes(before, after, ids, FLAGS)}


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (0.9, 0.02, "gone"), (0.9, 0.5, "weaker"), (0.5, 0.5, "same"), (0.3, 0.8, "stronger"),
        (0.02, 0.6, "new"), (0.02, 0.04, "neither"), (0.3, 0.22, "unclear"),
    ],
)  # fmt: skip
def test_the_interval_of_the_difference_decides(before: float, after: float, status: str) -> None:
    found = changes(edit_table(before), edit_table(after))["background"]
    assert found.status == status and status in STATUS
    told = found.told
    assert told.change.n == 60, "the half that was not searched"
    assert told.change.value == pytest.approx(told.after.value - told.before.value)
    assert told.change.low < told.change.value < told.change.high


def test_what_was_tested_in_one_run_only_is_never_gone() -> None:
    one = changes(edit_table(0.9, mark=0.6), edit_table(0.02))["fixed-marker"]
    assert one.status == "not tested after" and one.suspicion == MARK and one.label == "dog"
    assert np.isnan(one.q) and np.isnan(one.told.change.value) and one.told.before.value > 0.5
    other = changes(edit_table(0.9), edit_table(0.02, mark=0.6))["fixed-marker"]
    assert other.status == "not tested before" and other.shown_after


def test_samples_that_the_run_before_does_not_hold_are_left_out() -> None:
    after = edit_table(0.02).assign(sample_id=lambda table: "other-" + table["sample_id"])
    ids = {f"other-sample-{row:05d}": f"sample-{row:05d}" for row in range(100)}
    (found,) = cue_changes(edit_table(0.9), after, ids, FLAGS)
    assert found.told.change.n == 50 and found.status == "gone"


def test_pairs_of_one_patient_are_not_counted_as_many() -> None:
    grouped = [
        table.assign(unit=[f"p{int(name[-5:]) // 10}" for name in table["sample_id"]])
        for table in (edit_table(0.6), edit_table(0.3))
    ]
    alone, shared = changes(edit_table(0.6), edit_table(0.3)), changes(*grouped)
    widths = [
        one["background"].told.change.high - one["background"].told.change.low for one in (alone, shared)
    ]
    assert widths[1] > 1.5 * widths[0]


def test_one_filler_that_does_not_move_keeps_a_cue_from_being_gone() -> None:
    after = edit_table(0.02)
    stays = after["filler"] == "tiles"
    mixed = pd.concat([after[~stays], edit_table(0.9)[lambda t: t["filler"] == "tiles"]])
    found = changes(edit_table(0.9), mixed)["background"]
    assert found.status == "unclear" and found.told.filler == "tiles"


def test_few_pairs_are_unclear_and_no_edits_are_nothing() -> None:
    few = Shift(-0.9, -1.0, -0.8, 1e-9, 20)
    shown, none = Shift(0.9, 0.8, 1.0, 0.0, 20), Shift(0.0, -0.1, 0.05, 1.0, 20)
    assert status_of((FillerChange("swap", shown, none, few),), 1e-9) == "unclear"
    empty = edit_table(0.5).iloc[:0]
    assert cue_changes(empty, pd.DataFrame(), {}, FLAGS) == ()


def test_edits_that_only_describe_are_no_cues() -> None:
    noise = edit_table(0.9).assign(edit="noise")
    assert changes(noise, noise) == {}
