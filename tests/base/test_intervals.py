"""Shares, medians and means with their intervals."""

import numpy as np
import pytest
from scipy.stats import binom, mannwhitneyu

from gradcam_core.base.intervals import accuracy, against_rest, mean_interval, median_interval
from tests.runs.summary.tables import table_of


def test_accuracy_leaves_out_and_counts_what_it_cannot_judge() -> None:
    table = table_of(["a", "a", "b", "b", None, "a"], ["a", "b", "b", "b", "a", None], [0] * 6)
    found = accuracy(table)
    assert (found.value, found.n, found.unlabelled, found.unpredicted) == (0.75, 4, 1, 1)
    # Wilson interval of 3 out of 4 by hand: (3 + z²/2 ± z·sqrt(3/4 + z²/4)) / (4 + z²), z = 1.96
    assert (found.low, found.high) == (pytest.approx(0.3006, abs=1e-4), pytest.approx(0.9544, abs=1e-4))


def test_median_interval_is_repeatable_and_holds_the_median() -> None:
    values = np.random.default_rng(3).normal(1, 0.2, 60)
    low, high = median_interval(values)
    assert (low, high) == median_interval(values)
    assert low < np.median(values) < high


def test_each_group_against_the_rest_is_scipys_test() -> None:
    generator = np.random.default_rng(2)
    groups = {name: generator.normal(at, 1, n).round(1) for name, at, n in
              (("a", 0, 30), ("b", 0.4, 50), ("c", 0, 25))}  # fmt: skip
    for name, found in against_rest(groups).items():
        rest = np.concatenate([part for other, part in groups.items() if other != name])
        expected = mannwhitneyu(groups[name], rest, alternative="two-sided", method="asymptotic")
        assert found.p == pytest.approx(expected.pvalue, rel=1e-9)
        cliff = 2 * expected.statistic / (len(groups[name]) * len(rest)) - 1
        assert found.delta == pytest.approx(cliff, abs=1e-12)
    assert against_rest({"a": np.ones(30), "b": np.ones(40)})["a"] == (0.0, 1.0)


def test_the_median_of_many_has_an_interval_of_order_statistics() -> None:
    values = np.random.default_rng(0).permutation(np.arange(2001.0))
    low, high = median_interval(values)
    assert low == binom.ppf(0.025, 2001, 0.5)
    assert (low + high) / 2 == pytest.approx(1000, abs=1)
    few = median_interval(np.arange(1000.0))
    assert few == pytest.approx((468, 531), abs=4), "the bootstrap says about the same"


def test_the_interval_of_the_mean() -> None:
    values = np.random.default_rng(1).exponential(2, 400)
    low, high = mean_interval(values)
    half = 1.96 * values.std(ddof=1) / 20
    assert (low, high) == (
        pytest.approx(values.mean() - half, abs=0.05),
        pytest.approx(values.mean() + half, abs=0.05),
    )
    many = np.tile(values, 3)
    low, high = mean_interval(many)
    assert high - low == pytest.approx(2 * 1.96 * many.std(ddof=1) / np.sqrt(1200), rel=0.01)
