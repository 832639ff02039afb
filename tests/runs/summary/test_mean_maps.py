"""Mean maps of groups of samples."""

import sys

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.summary import (
    mean_maps,
)
from tests.runs.summary.tables import table_of


def test_mean_maps_average_shares_not_heat_and_count_what_has_no_map() -> None:
    table = table_of(["a", "a", "a", "b"], ["a", "a", "a", "a"], [0] * 4)
    maps = np.array([[[2, 2]], [[0, 100]], [[np.nan, np.nan]], [[0, 0]]], dtype=np.float32)
    good, bad = mean_maps(table, maps, ["a", "b"])
    assert good.values.tolist() == [[0.5, 1.5]], "mean of (1, 1) and (0, 2), a hot picture counts once"
    assert (good.label, good.correct, good.n, good.excluded) == ("a", True, 2, 1)
    assert (bad.label, bad.correct, bad.n, bad.excluded) == ("b", False, 0, 1)
    assert np.isnan(bad.values).all()


def test_mean_maps_do_not_depend_on_the_chunks() -> None:
    table = table_of(["a", "b"] * 5, ["a"] * 10, [0] * 10)
    maps = np.random.default_rng(0).random((10, 3, 4), dtype=np.float32)
    whole = mean_maps(table, maps, ["a", "b"])
    for one, two in zip(whole, mean_maps(table, maps, ["a", "b"], chunk=3), strict=True):
        np.testing.assert_allclose(one.values, two.values)
    assert whole[0].values.mean() == pytest.approx(1)


def test_large_groups_are_thinned_evenly_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[mean_maps.__module__], "MOST", 3)
    table = pd.DataFrame(
        {"label": ["a"] * 5 + ["b"], "predicted": ["a"] * 6, "correct": [True] * 5 + [False]}
    )
    maps = np.zeros((6, 1, 2), np.float32)
    maps[:, 0, 0] = [1, 0, 1, 0, 0, 4]  # rows 0, 2 and 4 are looked at; row 4 is empty
    maps[[1, 3], 0, 1] = 1
    first, second = mean_maps(table, maps, ["a", "b"])
    assert (first.n, first.excluded, first.whole) == (2, 1, 5)
    np.testing.assert_array_equal(first.values, [[2, 0]])
    assert (second.n, second.excluded, second.whole) == (1, 0, 1)
