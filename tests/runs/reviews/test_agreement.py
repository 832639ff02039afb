"""Against scikit-learn's Cohen's kappa, and against the worked example of Fleiss (1971)."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from gradcam_core.runs.reviews.agreement import (
    cohen,
    cohens,
    disagreement,
    fleiss,
    fleiss_kappa,
    verdicts_of,
)
from tests.runs.reviews.made import act

FOURTEEN = [
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
]
"""Ten subjects, fourteen raters, five categories; kappa 0.210 (Fleiss' kappa, worked example)."""


def test_cohens_kappa_is_scikit_learns_for_any_verdicts() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        first, second = rng.integers(0, 4, (2, 50))
        second = np.where(rng.random(50) < 0.6, first, second)
        assert cohen(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_fleiss_kappa_is_that_of_the_worked_example() -> None:
    raters = np.array([np.repeat(np.arange(5), counts) for counts in FOURTEEN]).T
    assert fleiss_kappa(*raters) == pytest.approx(0.210, abs=5e-4)


def test_one_and_the_same_verdict_everywhere_says_nothing_about_agreement() -> None:
    same = np.zeros(30, dtype=int)
    assert np.isnan(cohen(same, same)) and np.isnan(fleiss_kappa(same, same, same))


def _table(n: int, noise: float) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, n)
    acts = [
        act("abc"[kind if rng.random() > noise else rng.integers(0, 3)], name, f"s{row}")
        for name in ("Ana", "Ben", "Cleo")
        for row, kind in enumerate(truth)
    ]
    return verdicts_of(acts)


def test_intervals_hold_the_value_and_shrink_with_more_subjects() -> None:
    few, many = cohens(_table(40, 0.3))[0], cohens(_table(600, 0.3))[0]
    assert few.low < few.value < few.high and many.high - many.low < few.high - few.low
    assert many.n == 600 and many.value < many.same < 1
    whole = fleiss(_table(600, 0.3))
    assert whole is not None and whole.low < whole.value < whole.high and len(whole.reviewers) == 3


def test_below_ten_common_subjects_there_is_no_interval() -> None:
    one = cohens(_table(9, 0.3))[0]
    assert one.n == 9 and np.isnan(one.low) and np.isnan(one.high)


def test_one_who_always_says_the_same_gives_no_interval() -> None:
    acts = [
        act(word, name, f"s{row}")
        for row in range(30)
        for name, word in (("Ana", "a"), ("Ben", "ab"[row % 2]))
    ]
    one = cohens(verdicts_of(acts))[0]
    assert one.value == 0 and np.isnan(one.low) and one.n == 30


def test_only_what_both_judged_counts() -> None:
    acts = [act("a", "Ana", "s1"), act("b", "Ana", "s2"), act("a", "Ben", "s1"), act("", "Ben", "s2")]
    (one,) = cohens(verdicts_of(acts))
    assert (one.n, one.same) == (1, 1.0)
    assert cohens(verdicts_of(acts[:2])) == [] and fleiss(verdicts_of(acts)) is None
    assert verdicts_of([]).empty and cohens(verdicts_of([])) == []


def test_disagreement_counts_pairs() -> None:
    assert disagreement({"Ana": "a"}) == 0
    assert disagreement({"Ana": "a", "Ben": "a", "Cleo": "b"}) == pytest.approx(2 / 3)
