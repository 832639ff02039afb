"""How much of the answers a cue decides, out of both arms of its edits."""

import math

import numpy as np
import pytest

from gradcam_core.findings.conclude.reliance import reliance
from gradcam_core.findings.statistics import paired_interval
from gradcam_core.runs.findings import EditEvidence


def evidence(edited: float, control: float, n: int = 100, low: float | None = None) -> EditEvidence:
    difference = edited - control
    interval = (difference - 0.1 if low is None else low, difference + 0.1)
    return EditEvidence("swap", "a", "flip", n, edited, control, difference, interval, 0.01, "confirm", n)


def test_what_the_control_changes_alone_is_taken_off_both() -> None:
    share, (low, high) = reliance([evidence(0.6, 0.2)])
    assert share == pytest.approx(0.5)
    assert (low, high) == pytest.approx((0.375, 0.625))


def test_the_way_that_shows_most_counts() -> None:
    assert reliance([evidence(0.4, 0.0), evidence(0.9, 0.1)])[0] == pytest.approx(0.8 / 0.9)


def test_a_share_is_never_below_nothing_or_above_all() -> None:
    assert reliance([evidence(0.02, 0.2, low=-0.4)]) == (0.0, (0.0, 0.0))
    assert reliance([evidence(1.0, 0.0)])[1][1] == 1.0


@pytest.mark.parametrize(
    "untold", [evidence(0.9, 0.0, n=29), evidence(0.9, 0.5), evidence(0.9, 0.0, low=math.nan)]
)
def test_what_cannot_tell_is_left_out(untold: EditEvidence) -> None:
    assert math.isnan(reliance([untold])[0])
    assert reliance([untold, evidence(0.3, 0.0)])[0] == pytest.approx(0.3)


def test_it_is_the_share_that_was_planted_and_the_interval_holds_it() -> None:
    """A cue decides 40 % of the answers; edit and control disturb another 15 % each by themselves."""
    generator, held, shares = np.random.default_rng(5), 0, []
    for _ in range(200):
        cue, disturbed = generator.random(120) < 0.4, generator.random((2, 120)) < 0.15
        first, second = cue | disturbed[0], disturbed[1]
        one, other = first.mean(), second.mean()
        interval = paired_interval(first, second)
        told = EditEvidence("e", "f", "flip", 120, one, other, one - other, interval, 0.01, "confirm", 120)
        share, (low, high) = reliance([told])
        held += low <= 0.4 <= high
        shares.append(share)
    assert np.mean(shares) == pytest.approx(0.4, abs=0.02)
    assert 0.92 <= held / 200 <= 1.0
