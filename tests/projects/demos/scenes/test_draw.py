"""Shapes and noise that scenes are drawn with."""

import numpy as np
import pytest

from gradcam_core.projects.demos.scenes.draw import box, cover, ellipse, noise, plane, polygon, stroke


def test_distances_by_hand() -> None:
    at = plane((4, 6), (3.0, 2.0))
    centre = (1, 2)  # the pixel whose centre is (2.5, 1.5), so (-0.5, -0.5) from the origin
    assert at.x[centre] == pytest.approx(-0.5)
    assert at.y[centre] == pytest.approx(-0.5)
    assert ellipse(at, (-0.5, -0.5), (2, 2))[1, 5] == pytest.approx(1.0)
    assert stroke(at, [(-2.5, -0.5), (1.5, -0.5)], [0.5, 0.5])[3, 2] == pytest.approx(1.5)
    assert stroke(at, [(-2.5, -0.5), (1.5, -0.5)], [0.0, 1.0])[1, 3] == pytest.approx(-0.75)
    square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    assert polygon(at, square)[centre] == pytest.approx(-0.5)
    assert polygon(at, square[::-1])[centre] == pytest.approx(-0.5)
    assert polygon(at, square)[1, 5] == pytest.approx(1.5)
    assert box(at, -1, -1, 1, 1)[centre] == pytest.approx(-0.5)


def test_coverage_by_hand() -> None:
    at = plane((1, 1), scale=2.0)
    distances = np.asarray([-1.0, -0.25, 0.0, 0.125, 1.0], np.float32)
    np.testing.assert_allclose(cover(at, distances), [1, 1, 0.5, 0.25, 0])


def test_noise_is_standardised_and_smooth_at_its_own_scale() -> None:
    field = noise(np.random.default_rng(0), (64, 48), (4, 3))
    assert field.shape == (64, 48)
    assert field.mean() == pytest.approx(0, abs=1e-5)
    assert field.std() == pytest.approx(1, abs=1e-5)
    assert np.abs(np.diff(field, axis=0)).max() < 0.35
