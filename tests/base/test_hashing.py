"""Halves of a test set, the same for ever."""

import numpy as np
import pytest

from gradcam_core.base.hashing import half_of

HALVES = ["discover", "confirm", "discover", "discover", "confirm", "confirm"]


def test_halves_never_change_and_are_halves():
    assert [half_of(f"s{n:03d}") for n in range(6)] == HALVES
    share = np.mean([half_of(str(n)) == "confirm" for n in range(2000)])
    assert share == pytest.approx(0.5, abs=0.04)
