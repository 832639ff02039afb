"""Truth bands and the report's arithmetic, against values worked by hand."""

import math

import numpy as np
import pytest

from benchmarks.planted.cases import CASES
from benchmarks.planted.figures import Share, auc, rank_correlation, share
from benchmarks.planted.reliance import band, follows, measure


@pytest.mark.parametrize(
    ("reliance", "expected"),
    [
        (0.0, "clean"),
        (0.099, "clean"),
        (0.10, "0.10-0.30"),
        (0.30, "0.30-0.60"),
        (0.60, "0.60-0.85"),
        (0.85, "reliant"),
        (1.0, "reliant"),
    ],
)
def test_bands(reliance: float, expected: str) -> None:
    assert band(reliance) == expected


def test_only_predictions_that_go_with_the_cue_follow_it() -> None:
    without, with_cue = np.array([0, 0, 1, 1]), np.array([1, 0, 1, 0])
    assert follows(without, with_cue, 2).tolist() == [True, False, False, False]
    without, with_cue = np.array([0, 1, 2]), np.array([2, 1, 2])
    assert follows(without, with_cue, 3).tolist() == [True, False, False]


def test_reliance_of_hand_made_models() -> None:
    """One looks at the tag's corner, one always answers the same; both cues count on their own."""
    case = CASES["12-tag-and-background"]

    def corner(pictures: np.ndarray) -> np.ndarray:
        plate = pictures[:, 1:8, 1:10].astype(int)
        return ((plate.min(axis=(1, 2, 3)) < 40) & (plate.max(axis=(1, 2, 3)) > 220)).astype(np.intp)

    shares = measure(case, 3, 48, corner, count=40)
    assert shares["tag"] > 0.9
    assert shares["all"] > 0.9
    assert shares["background"] == 0.0
    assert measure(case, 3, 48, lambda p: np.zeros(len(p), np.intp), count=20)["all"] == 0.0


def test_share_of_none_of_twenty() -> None:
    """Zero of n: the exact upper end is 1 - 0.025^(1/n)."""
    assert Share(0, 20).interval == pytest.approx((0.0, 1 - 0.025 ** (1 / 20)))
    assert str(share([True, False])) == "1 of 2 (50 %, 1–99)"
    assert str(Share(0, 0)) == "none"
    assert math.isnan(Share(0, 0).rate)


def test_auc_counts_pairs() -> None:
    """Of six pairs four are right and one is a tie: 4.5 / 6."""
    assert auc([3.0, 2.0], [1.0, 2.0, 2.5]) == pytest.approx(4.5 / 6)
    assert auc([1.0], [float("nan")]) == 1.0
    assert math.isnan(auc([], [1.0]))


def test_rank_correlation() -> None:
    """Ranks 1 2 3 4 against 1 2 4 3: 1 - 6 * 2 / (4 * 15) = 0.8; a pair with NaN is left out."""
    nan = float("nan")
    assert rank_correlation([1, 2, 3, 4, nan], [10, 20, 40, 30, 5]) == pytest.approx(0.8)
    assert math.isnan(rank_correlation([1, 2], [1, 2]))
    assert math.isnan(rank_correlation([1, 1, 1], [1, 2, 3]))
