"""Hand-worked values of the effect sizes, intervals and tests."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.base.intervals import adjusted
from gradcam_core.findings import statistics
from tests.findings.findings_made import material


def test_cliffs_delta_of_separate_and_of_equal_groups() -> None:
    low, high = np.arange(20), np.arange(100, 120)
    assert statistics.cliffs_delta(high, low)[0] == 1.0
    assert statistics.cliffs_delta(low, high)[0] == -1.0
    delta, p = statistics.cliffs_delta(low, low)
    assert delta == 0.0
    assert p > 0.9


def test_cliffs_delta_counts_pairs() -> None:
    """20 ones against 10 zeros and 10 twos: half of the pairs are won, half lost."""
    ones, mixed = np.ones(20), np.r_[np.zeros(10), np.full(10, 2.0)]
    assert statistics.cliffs_delta(ones, mixed)[0] == pytest.approx(0.0)
    assert statistics.cliffs_delta(ones, np.r_[np.zeros(15), np.full(5, 2.0)])[0] == pytest.approx(0.5)


def test_too_few_on_one_side_is_no_test() -> None:
    assert math.isnan(statistics.cliffs_delta(np.arange(19), np.arange(50))[0])
    assert math.isnan(statistics.cliffs_interval(np.arange(19), np.arange(50), seed=0)[0])


def test_undefined_values_do_not_count() -> None:
    values = np.r_[np.arange(19.0), np.nan, np.nan]
    assert math.isnan(statistics.cliffs_delta(values, np.arange(50))[0])


def test_wilson_of_no_hits_matches_the_table() -> None:
    """bias-science: zero of n still allows 28 % (10), 11 % (30), 7 % (50), 3.7 % (100)."""
    for n, high in ((10, 0.28), (30, 0.11), (50, 0.07), (100, 0.037)):
        assert statistics.wilson(0, n)[1] == pytest.approx(high, abs=0.005)
    assert math.isnan(statistics.wilson(0, 0)[0])


def test_newcombe_independent_example() -> None:
    """Newcombe 1998, table II (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    low, high = statistics.newcombe((56, 48), (70, 80))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-4)


def test_paired_interval_contains_the_difference_and_narrows_with_agreement() -> None:
    first = np.r_[np.ones(40, bool), np.zeros(60, bool)]
    same = np.r_[np.ones(20, bool), np.zeros(80, bool)]
    other = np.r_[np.zeros(80, bool), np.ones(20, bool)]
    low, high = statistics.paired_interval(first, same)
    assert low < 0.2 < high
    wide = statistics.paired_interval(first, other)
    assert high - low < wide[1] - wide[0]


def test_paired_interval_without_any_outcome() -> None:
    none = np.zeros(50, bool)
    low, high = statistics.paired_interval(none, none)
    assert low < 0 < high < 0.11


def test_mcnemar_is_a_sign_test_of_the_disagreements() -> None:
    """Five only in the first, none only in the second: p = 1/32."""
    first = np.r_[np.ones(5, bool), np.zeros(20, bool)]
    assert statistics.mcnemar(first, np.zeros(25, bool)) == pytest.approx(1 / 32)
    assert statistics.mcnemar(first, first) == 1.0


def test_benjamini_hochberg_by_hand() -> None:
    """p .01, .02, .03 of three: .03, .03, .03; an undefined p is no test."""
    q = adjusted([0.01, math.nan, 0.02, 0.03])
    assert q[[0, 2, 3]] == pytest.approx([0.03, 0.03, 0.03])
    assert math.isnan(q[1])
    assert len(adjusted([])) == 0


def test_cramers_v_corrected() -> None:
    """2 x 2 diagonal 50/50: chi2/n = 1, corrected phi2 = 1 - 1/99, side = 2 - 1/99: V = 1."""
    assert statistics.cramers_v([[50, 0], [0, 50]]) == pytest.approx(1.0)
    assert statistics.cramers_v([[25, 25], [25, 25]]) == 0.0
    assert math.isnan(statistics.cramers_v([[10, 20]]))
    assert math.isnan(statistics.cramers_v([[10, 0], [20, 0]]))


def test_smallest_delta_matches_noether_table() -> None:
    """bias-science section 4: delta .33 needs 96 in all, .474 47 (alpha .05)."""
    assert statistics.smallest_delta(48, 48) == pytest.approx(0.33, abs=0.005)
    assert statistics.smallest_delta(24, 23) == pytest.approx(0.474, abs=0.01)
    assert math.isnan(statistics.smallest_delta(0, 10))


def test_smallest_difference_shrinks_with_n() -> None:
    few, many = (statistics.smallest_difference(n, 0.05, 0.02) for n in (50, 500))
    assert 0 < many < few < 1
    assert statistics.smallest_difference(3, 0.4, 0.02) == 1.0


def test_mean_interval_is_seeded_and_contains_the_mean() -> None:
    values = np.random.default_rng(0).normal(3, 1, 60)
    low, high = statistics.mean_interval(values, seed=1)
    assert low < values.mean() < high
    assert (low, high) == statistics.mean_interval(values, seed=1)
    assert math.isnan(statistics.mean_interval(values[:10], seed=1)[0])


def test_rates_of_samples_that_share_patients_count_what_they_are_worth() -> None:
    """60 patients with two alike samples each: half as much is known as of 120."""
    alike = np.repeat(np.arange(60) % 3 == 0, 2)
    alone = material(n=120)
    grouped = replace(alone, units=np.repeat([f"p{n}" for n in range(60)], 2).astype(object))
    every = np.ones(120, dtype=bool)
    assert alone.counted(alike, every) == (40, 120)
    hits, size = grouped.counted(alike, every)
    assert size == pytest.approx(60, rel=0.05)
    assert hits / size == pytest.approx(1 / 3)


def test_the_interval_of_a_ratio_resamples_units() -> None:
    generator = np.random.default_rng(0)
    below = generator.uniform(1, 3, 200)
    above = 0.4 * below + generator.normal(0, 0.3, 200)
    low, high = statistics.resampled_ratio(above, below, np.arange(200), seed=0)
    assert low < above.sum() / below.sum() < high
    assert high - low < 0.1
    patients = np.arange(200) // 8
    wider = statistics.resampled_ratio(below * (0.2 + 0.02 * patients), below, patients, seed=0)
    alone = statistics.resampled_ratio(below * (0.2 + 0.02 * patients), below, np.arange(200), seed=0)
    assert wider[1] - wider[0] > 1.5 * (alone[1] - alone[0])
    assert np.isnan(statistics.resampled_ratio(above, below, np.arange(200) // 20, seed=0)).all()
