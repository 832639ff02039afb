"""Accuracies, scores and changed answers of matched samples, by hand."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.intervals import paired_gain
from gradcam_core.runs.compare.answers import Both, accuracies, changed, classes, shifts


def both(n: int = 60) -> Both:
    """The first third becomes right, the last sample becomes wrong; the second sample changed its label."""
    rows = np.arange(n)
    labels = np.where(rows % 2, "dog", "cat")
    other = np.where(labels == "cat", "dog", "cat")
    before = np.where(rows < n // 3, other, labels)
    after = np.where(rows == n - 1, other, labels)
    tables = [
        pd.DataFrame(
            {
                "sample_id": [f"{side}{row}" for row in rows], "label": labels, "predicted": said,
                "correct": said == labels, "focus": rows / n + shift, "output": rows + 10 * shift,
            }
        )
        for side, said, shift in (("a", before, 0.0), ("b", after, 0.25))
    ]  # fmt: skip
    return Both(*tables, rows != 1, None)


def test_accuracy_is_paired_and_leaves_out_what_changed_its_label() -> None:
    whole, cat = accuracies(both(), {"all": np.ones(60, bool), "cat": classes(both())["cat"]})
    assert (
        whole.n == 59 and whole.before == pytest.approx(40 / 59) and whole.after == pytest.approx(58 / 59)
    )
    right = np.arange(59) >= 19, np.arange(59) < 58
    assert (whole.change.low, whole.change.high) == pytest.approx(paired_gain(right[1], right[0]))
    assert (cat.name, cat.n, cat.change.value) == ("cat", 30, pytest.approx(10 / 30))


def test_an_empty_slice_says_nothing() -> None:
    assert accuracies(both(), {"none": np.zeros(60, bool)}) == []


def test_the_shift_of_a_score_is_that_of_the_same_samples() -> None:
    (found,) = shifts(both(), ["focus"])
    assert (found.change.value, found.change.low, found.change.high) == pytest.approx((0.25, 0.25, 0.25))
    assert found.n == 60


def test_changed_answers_are_repaired_broken_or_other() -> None:
    found = changed(both())
    assert found["kind"].value_counts().to_dict() == {"repaired": 19, "broken": 1, "other": 1}
    assert found.iloc[0][["sample_id", "sample_id_after", "before", "after"]].tolist() == [
        "a0", "b0", "dog", "cat",
    ]  # fmt: skip
    assert found["kind"].tolist()[-2:] == ["broken", "other"]


def test_numbers_change_where_they_move_by_more_than_the_tolerance() -> None:
    assert len(changed(both(), 2.0)) == 60 and changed(both(), 3.0).empty
