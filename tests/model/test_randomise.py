"""Random weights: what is replaced, what stays, and that maps notice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradcam_core.findings.trust.randomisation import rank_correlations
from gradcam_core.maps.cams import CAMS
from gradcam_core.model import open_explainer

Saved = Callable[[str], Path]
Pictures = Callable[..., np.ndarray]


def normalised(keras: Any) -> Any:
    """Rescaling, a 1×1 convolution with a bias, a normalisation with odd numbers, a rectifier; 4×6×3."""
    layers = keras.layers
    entry = keras.Input((4, 6, 3))
    x = layers.Rescaling(2.0, offset=-1.0)(entry)
    x = layers.Conv2D(5, 1, bias_initializer="ones")(x)
    odd = {
        "beta_initializer": keras.initializers.Constant(3.0),
        "gamma_initializer": keras.initializers.Constant(4.0),
        "moving_mean_initializer": keras.initializers.Constant(5.0),
        "moving_variance_initializer": keras.initializers.Constant(6.0),
    }
    x = layers.ReLU()(layers.BatchNormalization(epsilon=0.25, **odd)(x))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(entry, layers.Dense(2, bias_initializer="ones", activation="softmax")(x))


@pytest.mark.parametrize("library", ["keras", "tf_keras"])
def test_kernels_are_drawn_by_fan_in_and_the_rest_is_neutral(tmp_path: Path, library: str) -> None:
    normalised(pytest.importorskip(library)).save(tmp_path / "model.keras")
    explainer = open_explainer(tmp_path / "model.keras", maps=("classic",), engine="tensorflow")
    random = explainer.randomised(7)
    rng = np.random.default_rng(7)
    kernel = rng.normal(0, np.sqrt(2 / 3), (3, 5))
    dense = rng.normal(0, np.sqrt(1 / 5), (5, 2))
    expected = np.maximum(kernel.sum(axis=0), 0) / np.sqrt(1 + 0.25)  # epsilon is no weight and stays
    bright = random.explain(np.ones((1, 4, 6, 3), np.float32))  # rescaled to 1
    np.testing.assert_allclose(bright.evidence["classic"].activations[0, 2, 3], expected, rtol=1e-5)
    np.testing.assert_allclose(bright.logits[0], expected @ dense, rtol=1e-4, atol=1e-6)
    nothing = random.explain(np.full((1, 4, 6, 3), 0.5, np.float32))  # rescaled to 0: no bias speaks
    assert not nothing.evidence["classic"].activations.any()
    assert not nothing.logits.any()


@pytest.mark.parametrize("name", ["pooled", "exported"])
def test_equal_seeds_give_equal_maps_of_the_same_shape(saved: Saved, pictures: Pictures, name: str) -> None:
    explainer = open_explainer(saved(name))
    x = pictures(3, (explainer.info.height, explainer.info.width))
    learned = explainer.explain(x)
    one, same, other = (explainer.randomised(seed).explain(x, learned.targets) for seed in (1, 1, 2))
    assert np.isfinite(one.logits).all()
    for maps, evidence in learned.evidence.items():
        first = one.evidence[maps]
        assert first.activations.shape == first.gradients.shape == evidence.gradients.shape
        assert first.activations.any(axis=(1, 2, 3)).all()
        assert first.gradients.any(axis=(1, 2, 3)).all()
        np.testing.assert_array_equal(first.activations, same.evidence[maps].activations)
        np.testing.assert_array_equal(first.gradients, same.evidence[maps].gradients)
        assert not np.allclose(first.activations, other.evidence[maps].activations)
        assert not np.allclose(first.activations, evidence.activations)


def test_the_explainer_itself_keeps_its_weights(saved: Saved, pictures: Pictures) -> None:
    explainer = open_explainer(saved("pooled"), engine="tensorflow")
    before = explainer.predict(pictures(2))
    explainer.randomised(3).predict(pictures(2))
    np.testing.assert_array_equal(explainer.predict(pictures(2)), before)
    assert explainer.randomised(3).layers == explainer.layers


def test_maps_of_a_trained_model_do_not_survive(tiny_project: Path) -> None:
    files = sorted((tiny_project / "testing").glob("*/*[0-9].png"))
    x = np.stack([np.asarray(Image.open(file), np.float32) / 255 for file in files])
    explainer = open_explainer(tiny_project / "model.keras", engine="tensorflow", maps=("classic",))
    learned = explainer.explain(x)
    maps = CAMS["grad-cam"].compute(learned.evidence["classic"])
    randoms = [explainer.randomised(seed) for seed in range(6)]
    untrained = [
        CAMS["grad-cam"].compute(random.explain(x, learned.targets).evidence["classic"])
        for random in randoms
    ]
    learned_too = np.nanmedian([rank_correlations(maps, other) for other in untrained])
    among_themselves = np.nanmedian([rank_correlations(untrained[0], other) for other in untrained[1:]])
    assert abs(learned_too) < 0.5
    assert abs(among_themselves) < 0.8
