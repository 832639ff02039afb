"""What a normalisation keeps of its training tells the range: the true one surprises it least."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.types import InputSpec
from gradcam_core.images.scaling import input_options, to_input
from gradcam_core.model import backend, open_explainer
from gradcam_core.model.contract import Network

SIZE = (20, 28)


def pictures(n: int, seed: int) -> np.ndarray:
    """(n, 20, 28, 3) uint8: reddish noise with a blob of any colour."""
    rng = np.random.default_rng(seed)
    found = rng.normal((120, 90, 60), 25, (n, *SIZE, 3))
    for one in found:
        top, left = rng.integers(0, 10, 2)
        one[top : top + 8, left : left + 8] = rng.integers(0, 256, 3)
    return found.clip(0, 255).astype(np.uint8)


def stem(major: int, spec: InputSpec, share: float) -> Any:
    """Convolution, normalisation, two classes; the normalisation has seen ``share`` of a long training."""
    library = backend.keras_library(major)
    layers = library.layers
    library.utils.set_random_seed(4)
    entry = library.Input((*SIZE, spec.channels))
    features = layers.Conv2D(8, 3, bias_initializer=library.initializers.RandomNormal())(entry)
    normalised = layers.BatchNormalization(name="norm")(features)
    pooled = layers.GlobalAveragePooling2D()(layers.ReLU()(normalised))
    model = library.Model(entry, layers.Dense(2, activation="softmax")(pooled))
    seen = np.asarray(library.Model(entry, features)(to_input(pictures(40, 0), spec))).reshape(-1, 8)
    gamma, beta, *_ = model.get_layer("norm").get_weights()
    mean, variance = share * seen.mean(axis=0), share * seen.var(axis=0) + 1 - share
    model.get_layer("norm").set_weights([gamma, beta, mean, variance])
    return model


def surprises(network: Network, channels: int) -> dict[tuple[str, str], float]:
    shown, found = pictures(8, 1), {}
    for scaling, order in input_options(channels):
        spec = InputSpec(*SIZE, channels, scaling=scaling, channel_order=order)
        found[scaling, order] = network.surprise(to_input(shown, spec))
    return found


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize(("scaling", "order"), input_options(3))
def test_the_way_of_training_surprises_least(
    scaling: str, order: str, share: float, tmp_path: Path
) -> None:
    spec = InputSpec(*SIZE, 3, scaling=scaling, channel_order=order)
    stem(3, spec, share).save(tmp_path / "model.keras")
    found = surprises(open_explainer(tmp_path / "model.keras", engine="tensorflow"), 3)
    others = [value for (name, _), value in found.items() if name != scaling]
    assert min(found, key=found.__getitem__) == (scaling, order)
    assert found[scaling, order] < min(0.5, min(others) / 4)


def test_grey_and_a_fused_normalisation_of_keras_2(tmp_path: Path) -> None:
    spec = InputSpec(*SIZE, 1, scaling="0..255")
    stem(2, spec, 0.9).save(tmp_path / "model.h5")
    found = surprises(open_explainer(tmp_path / "model.h5", engine="tensorflow"), 1)
    assert min(found, key=found.__getitem__) == ("0..255", "rgb")


def test_a_mean_taken_off_first_tells_the_range(tmp_path: Path) -> None:
    import keras

    seen = to_input(pictures(40, 0), InputSpec(*SIZE, 3, scaling="0..255")).reshape(-1, 3)
    entry = keras.Input((*SIZE, 3))
    x = keras.layers.Normalization(mean=seen.mean(axis=0), variance=seen.var(axis=0))(entry)
    x = keras.layers.Conv2D(4, 3, activation="relu")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    keras.Model(entry, keras.layers.Dense(2)(x)).save(tmp_path / "model.keras")
    found = surprises(open_explainer(tmp_path / "model.keras", engine="tensorflow"), 3)
    assert min(found, key=found.__getitem__) == ("0..255", "rgb")


@pytest.mark.parametrize("trained", [False, True])
def test_nothing_kept_nothing_said(trained: bool, tmp_path: Path) -> None:
    import keras

    entry = keras.Input((*SIZE, 3))
    x = keras.layers.Conv2D(4, 3, activation="relu")(entry)
    x = x if trained else keras.layers.BatchNormalization()(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    keras.Model(entry, keras.layers.Dense(2)(x)).save(tmp_path / "model.keras")
    network = open_explainer(tmp_path / "model.keras", engine="tensorflow")
    assert np.isnan(network.surprise(np.zeros((2, *SIZE, 3), np.float32)))
