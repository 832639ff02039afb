"""AUROC by hand, its interval, its sentence, and the bins of the histogram."""

import math

import numpy as np
import pandas as pd
import pytest

from gradcam_core.tasks.visual_anomaly.summary import score_bins, sentence, separation

NAMES = ("good", "bad")


def table(good: list[float], bad: list[float], unlabelled: tuple[float, ...] = ()) -> pd.DataFrame:
    labels = ["good"] * len(good) + ["bad"] * len(bad) + [None] * len(unlabelled)
    scores = [*good, *bad, *unlabelled]
    said = [None if math.isnan(score) else NAMES[int(score >= 3)] for score in scores]
    right = [None if None in (a, b) else a == b for a, b in zip(said, labels, strict=True)]
    return pd.DataFrame({"label": labels, "predicted": said, "correct": right, "anomaly_score": scores})


def test_the_share_of_pairs_in_the_right_order() -> None:
    """Pairs: 2 against 1, 3 and 4 (one right, one wrong, one wrong); 3 against them (right, tie, wrong)."""
    found = separation(table([1, 3, 4], [2, 3, math.nan], (9.0,)), NAMES)
    assert found.value == pytest.approx((1 + 0 + 0 + 1 + 0.5 + 0) / 6)
    assert (found.normal, found.anomalies) == (3, 2)
    assert found.low < found.value < found.high


def test_the_interval_solves_newcombes_equation() -> None:
    """(t - A)² = z² t (1 - t) (1 + (N - 1)((1 - t)/(2 - t) + t/(1 + t))) / (m n), N = (m + n) / 2."""
    scores = np.random.default_rng(0).normal(size=60)
    found = separation(table(list(scores[:40]), list(scores[40:] + 1)), NAMES)
    for end in (found.low, found.high):
        wide = 1 + 29 * ((1 - end) / (2 - end) + end / (1 + end))
        assert (end - found.value) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) * wide / 800)


def test_a_perfect_order_of_few_pictures_is_not_certain() -> None:
    found = separation(table([1, 2, 3], [4, 5, 6]), NAMES)
    assert (found.value, found.high) == (1, 1)
    assert found.low < 0.7


def test_one_class_alone_has_no_auroc() -> None:
    assert math.isnan(separation(table([1, 2], []), NAMES).value)
    about = {"project": {"class_names": list(NAMES), "thresholds": {"anomaly_threshold": 3.0}}}
    assert "takes samples of both" in sentence(table([1, 2], []), about)
    said = sentence(table([1, 2], [2, 3]), about)
    assert "AUROC of 0.88" in said
    assert "At the threshold 3: accuracy 75 %" in said
    assert "n 2 “bad”, 2 “good”" in said


def test_every_score_is_in_one_bin() -> None:
    found = score_bins(table([0, 1.2, 1.3], [4, math.nan], (2.2,)), NAMES, scale=1e4, bins=4)
    assert found["label"].tolist() == ["good", "good", "bad", "no label"]
    assert found["n"].tolist() == [1, 2, 1, 1]
    np.testing.assert_allclose(found["low"], [0, 1, 3, 2], atol=1e-4)
    np.testing.assert_allclose(found["high"], [1, 2, 4, 3], atol=1e-4)


def test_bins_grow_with_the_scores() -> None:
    found = score_bins(table([1.0, 2.0], [1000.0]), NAMES, scale=2.0, bins=10)
    assert found["n"].sum() == 3
    assert found["low"].min() == 1 and found["high"].max() == 1000
    widths = found["high"] - found["low"]
    assert widths.iloc[-1] > 100 * widths.iloc[0]
