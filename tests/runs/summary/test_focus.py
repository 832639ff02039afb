"""Background focus by class and by answer."""

import numpy as np
import pytest

from gradcam_core.runs.summary import (
    focus_groups,
)
from tests.runs.summary.tables import table_of


def test_focus_groups_give_median_quartiles_n_and_undefined() -> None:
    nan = float("nan")
    table = table_of(["a"] * 5 + ["b"], ["a"] * 4 + ["b"] * 2, [0.1, 0.2, 0.3, 1.4, nan, nan])
    first, second = focus_groups(table)
    assert (first.label, first.n, first.undefined) == ("a", 4, 1)
    assert (first.median, first.q1, first.q3) == pytest.approx((0.25, 0.175, 0.575))
    assert np.isnan([first.low, first.high]).all(), "an interval below 20 samples would mislead"
    assert (second.label, second.n, second.undefined) == ("b", 0, 1)
    assert np.isnan(second.median)


def test_focus_groups_by_correct_leave_unlabelled_samples_out() -> None:
    table = table_of(["a", "a", None], ["a", "b", "a"], [0.5, 1.5, 1.9])
    groups = focus_groups(table, by_correct=True)
    assert [(g.label, g.correct, g.median) for g in groups] == [("a", False, 1.5), ("a", True, 0.5)]


def test_each_score_has_its_own_anchors() -> None:
    table = table_of(["a"] * 3, ["a"] * 3, [0.4, 0.8, 1.2])
    raw, far = focus_groups(table, "raw")[0], focus_groups(table, "far")[0]
    assert (raw.median, raw.chance, raw.floor) == pytest.approx((0.4, 0.7, 0.2))
    assert far.median == pytest.approx(0.2)
    assert np.isnan(far.chance)
    assert focus_groups(table, "normalised", "fine")[0].median == pytest.approx(1.8)
