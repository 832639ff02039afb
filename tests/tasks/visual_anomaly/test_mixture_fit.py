"""Mixtures fitted to the cells of normal pictures."""

import numpy as np
import pytest

from gradcam_core.tasks.visual_anomaly.mixture import restored
from gradcam_core.tasks.visual_anomaly.mixture_fit import fit


def normal_features(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3, 4, 2)).astype(np.float32)


@pytest.mark.parametrize("crossed", [False, True])
def test_held_out_normal_cells_have_mean_0_and_deviation_1(crossed: bool) -> None:
    fold = np.arange(40) % 2
    mixtures, held = fit(normal_features(40), fold, crossed)
    assert len(mixtures.weights) == 1 + crossed
    np.testing.assert_allclose([held.mean(), held.std()], [0, 1], atol=1e-5)
    assert np.mean(held > mixtures.floor) == pytest.approx(0.2, abs=0.01)
    if crossed:  # what a half gets later on is what it got when it was held out
        np.testing.assert_array_equal(mixtures.scores(normal_features(40), fold), held)


def test_a_strange_cell_stands_out_and_fitting_again_gives_the_same() -> None:
    fold = np.arange(40) % 2
    strange = normal_features(1, seed=9)
    strange[0, 1, 2] = (8, -8)
    found = fit(normal_features(40), fold, False)[0].scores(strange, np.zeros(1, np.intp))
    assert np.unravel_index(found[0].argmax(), (3, 4)) == (1, 2)
    assert found[0, 1, 2] > 10
    again = fit(normal_features(40), fold, False)[0].scores(strange, np.zeros(1, np.intp))
    np.testing.assert_array_equal(found, again)


def test_a_mixture_survives_plain_arrays() -> None:
    features = normal_features(5)
    mixtures = fit(normal_features(40), np.arange(40) % 2, True)[0]
    fold = np.array([0, 1, 1, 0, 1])
    np.testing.assert_array_equal(
        restored(mixtures.arrays()).scores(features, fold), mixtures.scores(features, fold)
    )
