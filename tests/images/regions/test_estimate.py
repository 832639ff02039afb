"""The estimated region: right on an easy picture, unreliable where nothing stands out."""

import numpy as np

from gradcam_core.images.regions.estimate import estimate_cover


def scene(contrast: int) -> np.ndarray:
    """A disc on a textured ground, 90 by 120 pixels."""
    generator = np.random.default_rng(0)
    picture = generator.normal(110, 8, (90, 120, 3))
    y, x = np.mgrid[0:90, 0:120]
    disc = (y - 45) ** 2 + (x - 66) ** 2 <= 22**2
    picture[disc] += contrast
    return np.clip(picture, 0, 255).astype(np.uint8)


def test_a_disc_that_stands_out_is_found() -> None:
    found = estimate_cover(scene(90), 32)
    y, x = np.mgrid[0:32, 0:32]
    centres_y, centres_x = (y + 0.5) / 32 * 90, (x + 0.5) / 32 * 120
    truth = (centres_y - 45) ** 2 + (centres_x - 66) ** 2 <= 22**2
    guess = found.cover > 0.5
    assert (guess & truth).sum() / (guess | truth).sum() > 0.8
    assert found.reliable


def test_pure_texture_is_unreliable() -> None:
    assert not estimate_cover(scene(0), 32).reliable


def test_a_flat_picture_survives() -> None:
    found = estimate_cover(np.full((40, 60, 3), 128, np.uint8), 16)
    assert found.cover.shape == (16, 16)
    assert not found.reliable
