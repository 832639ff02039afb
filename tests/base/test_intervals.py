"""Shares, medians and means with their intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, binomtest, mannwhitneyu

from gradcam_core.base.intervals import (
    accuracy,
    against_rest,
    effective,
    mean_interval,
    median_interval,
    paired_shift,
    two_heaps,
    wilson,
)
from tests.runs.summary.tables import table_of

RNG = np.random.default_rng(4)


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


@pytest.mark.parametrize(
    ("values", "heaps"),
    [
        (np.concatenate([RNG.normal(1.0, 0.05, 70), RNG.normal(1.9, 0.1, 30)]), (70, 30)),
        (np.concatenate([RNG.normal(1.0, 0.05, 95), RNG.normal(1.9, 0.1, 5)]), None),
        (RNG.normal(1.0, 0.3, 200), None),
        (RNG.random(200), None),
        (RNG.exponential(1.0, 200), None),
        (np.ones(200), None),
        (np.repeat([1.0, 2.0], 10), None),
        (np.full(60, np.nan), None),
    ],
)
def test_two_heaps_are_told_from_one(values: np.ndarray, heaps: tuple[int, int] | None) -> None:
    found = two_heaps(values)
    assert (None if found is None else tuple(len(part) for part in found)) == heaps


@pytest.mark.parametrize(("hits", "n"), [(0, 20), (19, 20), (93, 100), (5, 5)])
def test_wilson_is_scipys(hits: int, n: int) -> None:
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits / n, n) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_samples_of_one_patient_that_agree_count_once() -> None:
    patients = np.repeat(np.arange(60), 5).astype(object)
    alike = np.repeat(RNG.random(60) < 0.7, 5)
    assert effective(alike, patients) == pytest.approx(60, rel=0.05)
    assert effective(RNG.random(300) < 0.7, patients) > 200
    assert effective(np.ones(300, bool), patients) == 60


def test_the_interval_of_accuracy_is_wider_where_samples_share_patients() -> None:
    alike = np.repeat(RNG.random(60) < 0.7, 5)
    table = pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(300)],
            "path": [f"{row}.png" for row in range(300)],
            "label": "a",
            "predicted": np.where(alike, "a", "b"),
            "correct": pd.array(alike, dtype="boolean"),
        }
    )
    alone, grouped = accuracy(table), accuracy(table.assign(meta_patient=np.repeat(np.arange(60), 5)))
    assert grouped.value == alone.value
    assert grouped.high - grouped.low > 1.8 * (alone.high - alone.low)


def test_a_paired_shift_has_a_width_where_all_agree() -> None:
    same = paired_shift(np.zeros(60), reach=1.0)
    assert same.value == 0 and -0.05 < same.low < 0 < same.high < 0.05 and same.p == 1
    fell = paired_shift(np.full(60, -1.0), reach=2.0)
    assert fell.value == -1 and fell.low < -1 < fell.high < -0.8 and fell.p < 1e-6


def test_a_paired_shift_without_a_bound_is_walds() -> None:
    values = np.append(RNG.normal(0.3, 1, 200), np.nan)
    found, error = paired_shift(values), np.nanstd(values) / np.sqrt(200)
    assert found.n == 200 and found.value == pytest.approx(np.nanmean(values))
    assert (found.high - found.low) == pytest.approx(2 * 1.959964 * error)
    assert np.isnan(paired_shift(values[:10]).low) and np.isnan(paired_shift(values[-1:]).value)


def test_a_paired_shift_counts_patients_and_not_their_pictures() -> None:
    patients = np.repeat(np.arange(60), 5).astype(object)
    alike = np.repeat(RNG.normal(0, 1, 60), 5)
    widths = [found.high - found.low for found in (paired_shift(alike), paired_shift(alike, patients))]
    assert widths[1] == pytest.approx(widths[0] * np.sqrt(5), rel=0.1)
