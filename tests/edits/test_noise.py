"""Noise on the background and on the object."""

import numpy as np
import pytest

from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.noise import noisy
from tests.edits.made import (
    by_object,
    scenes_for,
)


def test_noise_has_the_same_energy_on_both_sides():
    grey = np.full((40, 50, 3), 128, dtype=np.uint8)
    grain = np.random.default_rng(0).normal(size=grey.shape)
    inside = np.zeros((40, 50))
    inside[:10, :10] = 1
    energies = [
        ((noisy(grey, grain, strength).astype(float) - 128) ** 2).sum()
        for strength in (20 * inside, 20 * np.sqrt(100 / 1900) * (1 - inside))
    ]
    assert energies[0] == pytest.approx(energies[1], rel=0.15)
    table = run_checks(scenes_for(by_object), by_object, None, [], budget=12, only=["noise"])
    assert table.groupby(["filler", "arm"]).size().tolist() == [4] * 4
