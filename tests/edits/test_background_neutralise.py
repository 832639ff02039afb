"""A background without structure."""

import numpy as np
import pytest

from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    HEIGHT,
    WIDTH,
    N,
    draw,
    scenes_of,
)
from tests.edits.marks import RED, difference


def test_neutral_background_takes_its_structure_away():
    grain = np.random.default_rng(2).integers(-40, 41, (N, HEIGHT, WIDTH, 1)) * RED[:, None, None, None]
    pictures = np.where(draw()[1][..., None] > 0, draw()[0], draw()[0] + grain)
    pictures = np.clip(pictures, 0, 255).astype(np.uint8)

    def by_grain(seen):
        score = np.abs(np.diff(seen[..., 1].astype(float), axis=1)).mean((1, 2)) - 16
        return np.stack([-score, score], axis=1).astype(np.float32)

    table = run_checks(
        scenes_of(pictures, by_grain), by_grain, None, [], budget=24, only=["background-neutralise"]
    )
    reds = table[table["label"] == "red"]
    assert difference(reds)["blur-object"] == pytest.approx(1.0)
    assert set(table["filler"]) == set(CHECKS["background-neutralise"].fillers)
