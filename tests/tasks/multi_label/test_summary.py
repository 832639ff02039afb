"""Exact match, F1 and average precision against counts by hand and scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, f1_score

from gradcam_core.tasks.multi_label.summary import average_precision, exact_match, f1, per_class, sentence

NAMES = ("a", "b", "absent")
TABLE = pd.DataFrame(
    {
        "picture": ["p", "p", "q", "r", "s", "t"],
        "path": list("ppqrst"),
        "labels": ["a|b", "a|b", "a", "", None, None],
        "answers": ["a|b", "a|b", "b", "", "a", None],
    }
)
LOGITS = np.array([[3, 2], [3, 2], [-1, 1], [-2, -2], [1, -1], [np.nan, np.nan]])


def test_exact_match_counts_each_labelled_picture_once() -> None:
    found = exact_match(TABLE)
    assert (found.n, found.value) == (3, pytest.approx(2 / 3))
    assert found.low < 2 / 3 < found.high


def test_outcomes_of_a_class_add_up_to_all_pictures() -> None:
    first, second = per_class(TABLE, LOGITS, NAMES)
    assert (first.hits, first.misses, first.false_alarms, first.right_absences) == (1, 1, 0, 1)
    assert (second.hits, second.misses, second.false_alarms, second.right_absences) == (1, 0, 1, 1)
    assert first.f1 == pytest.approx(2 / 3)
    assert first.average_precision == 1 and second.average_precision == 1


def test_measures_equal_scikit_learn_s() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        values, there = rng.integers(0, 12, 50).astype(float), rng.random(50) < 0.3
        assert average_precision(values, there) == pytest.approx(average_precision_score(there, values))
        assert f1(values > 6, there) == pytest.approx(f1_score(there, values > 6))


def test_uncertain_labels_are_neither_right_nor_wrong() -> None:
    table = pd.DataFrame(
        {
            "picture": list("pqrs"),
            "path": list("pqrs"),
            "labels": ["a|?b", "?a|b", "?b", "a"],
            "answers": ["a|b", "b", "a|b", "a"],
        }
    )
    found = exact_match(table)
    assert (found.n, found.value) == (4, 0.75), "only a of the third is wrong"
    first, second = per_class(table, np.array([[3, 2], [-3, 2], [1, 1], [2, -2]]), NAMES)
    assert (first.hits, first.misses, first.false_alarms, first.right_absences) == (2, 0, 1, 0)
    assert (second.hits, second.misses, second.false_alarms, second.right_absences) == (1, 0, 0, 1)
    told = sentence(table, {})
    assert "of 3 labels 3 were found, and 1 were said" in told and "3 uncertain labels are not" in told


def test_what_cannot_be_told_apart_has_no_number() -> None:
    yes = np.ones(4, bool)
    assert np.isnan(average_precision(np.arange(4.0), yes)) and np.isnan(f1(~yes, ~yes))
    assert exact_match(TABLE.iloc[4:]).n == 0
