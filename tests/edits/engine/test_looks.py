"""Every way of moving a quantity moves it by what was asked, in both directions."""

import cv2
import numpy as np
import pytest

from gradcam_core.edits.engine.looks import MOVES, measure

DELTAS = {"colour": (4.0, -6.0), "brightness": (6.0,), "contrast": (0.2,), "sharpness": (0.25,)}


@pytest.fixture(scope="module")
def picture():
    rng = np.random.default_rng(0)
    coarse = rng.uniform(60, 190, (6, 8, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, (80, 60), interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth + rng.normal(0, 6, (60, 80, 3)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("way", MOVES)
def test_moves_by_what_was_asked(picture, way, sign):
    quantity = way.split(":")[0]
    delta = sign * np.array(DELTAS[quantity])
    moved = MOVES[way](picture, delta)
    change = measure(moved)[quantity] - measure(picture)[quantity]
    assert moved.shape == picture.shape
    assert moved.dtype == np.uint8
    assert change == pytest.approx(delta, abs=0.25 * np.abs(delta).max())


@pytest.mark.parametrize("way", MOVES)
def test_a_flat_picture_stays_finite(way):
    flat = np.full((20, 30, 3), 7, dtype=np.uint8)
    moved = MOVES[way](flat, np.array(DELTAS[way.split(":")[0]]))
    assert moved.shape == flat.shape
