"""Frozen graphs are found again by content, and only under the trust that they were made with."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base import paths
from gradcam_core.base.errors import UntrustedModelError
from gradcam_core.model import inspect_model, open_explainer, opening

Saved = Callable[[str], Path]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return tmp_path


def kept() -> list[Path]:
    return sorted((paths.cache_dir() / "models").glob("frozen-*"))


@pytest.mark.usefixtures("home")
def test_the_second_time_nothing_is_loaded(
    saved: Saved, pictures: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_explainer(saved("pooled"), engine="tensorflow")
    assert len(kept()) == 1

    def never(*_: object) -> None:
        raise AssertionError("loaded again")

    monkeypatch.setattr(opening, "load", never)
    again = open_explainer(saved("pooled"), engine="tensorflow")
    assert again.info == first.info
    x = pictures(2)
    one, other = first.explain(x), again.explain(x)
    np.testing.assert_array_equal(one.logits, other.logits)
    np.testing.assert_array_equal(one.evidence["fine"].gradients, other.evidence["fine"].gradients)
    with pytest.raises(AssertionError, match="loaded again"):
        inspect_model(saved("flat"))


@pytest.mark.usefixtures("home")
def test_trusting_once_does_not_open_the_door(tmp_path: Path) -> None:
    import keras

    entry = keras.Input((8, 12, 3))
    x = keras.layers.Conv2D(2, 3)(keras.layers.Lambda(lambda value: value * 2)(entry))
    x = keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x))
    keras.Model(entry, x).save(tmp_path / "model.keras")
    inspect_model(tmp_path / "model.keras", trust_code=True)
    assert len(kept()) == 1
    with pytest.raises(UntrustedModelError):
        inspect_model(tmp_path / "model.keras")


@pytest.mark.usefixtures("home")
def test_a_disk_that_cannot_be_written_costs_time_only(saved: Saved) -> None:
    paths.cache_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.cache_dir().write_text("a file where the folder should be", encoding="utf-8")
    assert inspect_model(saved("pooled")).classic.name == "last"


def swish_network(keras: Any) -> Any:
    """The gradient of a layer in the middle runs through swish; 16×16 pictures, two classes."""
    keras.utils.set_random_seed(4)
    layers = [
        keras.layers.Input((16, 16, 3)),
        keras.layers.Conv2D(5, 3, strides=2, padding="same", activation="swish", name="middle"),
        keras.layers.Conv2D(4, 3, strides=2, padding="same", name="deep"),
        keras.layers.Activation("swish", name="top"),
        keras.layers.GlobalAveragePooling2D(name="pooled"),
        keras.layers.Dense(2, name="scores"),
    ]
    return keras.Sequential(layers)


@pytest.mark.parametrize("library", ["keras", "tf_keras"])
def test_gradients_through_swish_outlive_the_process_that_traced_them(
    library: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TensorFlow's swish has a gradient written by hand that is known to its own process only."""
    import tensorflow as tf

    model = swish_network(importlib.import_module(library))
    file = home / ("model.keras" if library == "keras" else "model.h5")
    model.save(file)
    code = f"from gradcam_core.model import inspect_model; inspect_model({str(file)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    monkeypatch.setattr(opening, "load", None)  # only the kept graph is there
    explainer = open_explainer(file, classic="top", fine="middle", engine="tensorflow")
    x = np.random.default_rng(1).random((3, 16, 16, 3), dtype=np.float32)
    found = explainer.explain(x, np.array([0, 1, 1]))
    middle = model.get_layer("middle")(x)
    with tf.GradientTape() as tape:
        tape.watch(middle)
        y = middle
        for layer in model.layers[-4:]:
            y = layer(y)
        score = tf.gather(y, [0, 1, 1], axis=1, batch_dims=1)
    np.testing.assert_allclose(found.logits, y, rtol=1e-4, atol=1e-6)
    expected = tape.gradient(score, middle)
    np.testing.assert_allclose(found.evidence["fine"].gradients, expected, rtol=1e-4, atol=1e-7)
