"""The surprise of a cell, by hand."""

import numpy as np

from gradcam_core.tasks.visual_anomaly.mixture import restored
from tests.tasks.visual_anomaly.made import hand_made


def test_a_cells_score_is_its_standardised_surprise() -> None:
    """-log N(x | 2, 0.5²) = ½ ((x - 2) / 0.5)² + ½ log 2π - log 2; middle takes the constants away."""
    features = np.array([[[[2.0], [3.0], [5.0]]]], np.float32)
    found = hand_made().scores(features, np.zeros(1, np.intp))
    np.testing.assert_allclose(found, [[[0, 0.5, 4.5]]], atol=1e-6)


def test_each_half_is_scored_by_its_own_mixture() -> None:
    features = np.full((2, 1, 1, 1), 2.0, np.float32)
    found = hand_made(2).scores(features, np.array([0, 1]))
    np.testing.assert_allclose(found.ravel(), [0, 0.5 * 20**2 / 4], atol=1e-5)


def test_two_components_weigh_in() -> None:
    two = {**hand_made().arrays(), "weights": np.array([[0.25, 0.75]])}
    two |= {"means": np.array([[[2.0], [2.0]]]), "roots": np.full((1, 2, 1, 1), 2.0)}
    features = np.array([[[[3.0]]]], np.float32)
    np.testing.assert_allclose(restored(two).scores(features, np.zeros(1, np.intp)), 0.5, atol=1e-6)
