"""Groups of samples that look alike."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.summary.groups import groups, groups_sentence


def table(n: int = 60) -> pd.DataFrame:
    """Rows 0..29 wrong every third, 30..59 right; the last row has no label and no score."""
    correct = pd.array([row % 3 != 0 if row < 30 else True for row in range(n)], dtype="boolean")
    correct[n - 1] = pd.NA
    score = np.where(np.arange(n) < 30, 0.5, 1.5)
    score[n - 1] = np.nan
    label = ["cat" if row < 40 else "dog" for row in range(n - 1)] + [None]
    return pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(n)],
            "label": label, "predicted": "cat", "correct": correct, "focus": score,
        }
    )  # fmt: skip


def test_groups_count_what_is_in_them() -> None:
    numbers = np.repeat([0, 1], 30)
    numbers[0] = -1
    first, second = groups(table(), numbers, "focus")
    assert (first.name, first.n, first.most, first.purity) == ("cluster 1", 29, "cat", 1.0)
    assert (first.errors, first.judged) == (9, 29)
    assert (second.n, second.most, second.judged, second.errors) == (30, "dog", 29, 0)
    assert second.purity == pytest.approx(19 / 30)
    assert (first.focus, second.focus) == (0.5, 1.5)
    sentence = groups_sentence((first, second), "heatmap")
    assert sentence == (
        "59 samples fall into 2 groups by heatmap. Cluster 1 is wrong most often: "
        "9 of 29 (31 %), the others 0 %."
    )


def test_a_difference_that_may_be_chance_is_not_claimed() -> None:
    few = table().assign(correct=pd.array([row not in (3, 40) for row in range(60)], dtype="boolean"))
    sentence = groups_sentence(groups(few, np.repeat([0, 1], [25, 35]), "focus"), "heatmap")
    assert sentence.endswith(
        "None is clearly wrong more often than the others; at most 1 of 25 (4 %), cluster 1."
    )


def test_groups_without_labels_scores_or_members() -> None:
    bare = table().assign(label=None, correct=pd.array([pd.NA] * 60, dtype="boolean")).drop(columns="focus")
    (only,) = groups(bare, np.zeros(60, np.intp), "focus")
    assert np.isnan(only.focus)
    assert np.isnan(only.error_rate)
    assert only.most == "cat", "the predicted class stands in where nothing is labelled"
    assert "No group is wrong more often" in groups_sentence((only,), "heatmap")
    assert "too few" in groups_sentence((), "heatmap")
