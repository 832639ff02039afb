"""Models that cannot be loaded as one function of one input."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model


def _keras(build: Callable[[Any, Any], Any]) -> Any:
    import keras

    return build(keras, keras.layers)


def _two_outputs(keras: Any, layers: Any) -> Any:
    entry = keras.Input((8, 12, 3))
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 3)(entry))
    return keras.Model(entry, [layers.Dense(2)(x), layers.Dense(3)(x)])


def _two_inputs(keras: Any, layers: Any) -> Any:
    entries = [keras.Input((8, 12, 3)), keras.Input((8, 12, 3))]
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 3)(layers.Add()(entries)))
    return keras.Model(entries, layers.Dense(2)(x))


REFUSED = {
    "2 outputs": _two_outputs,
    "2 inputs": _two_inputs,
    "flat input": lambda keras, layers: keras.Sequential([keras.Input((64,)), layers.Dense(2)]),
    "no layer with a spatial grid": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 3)), layers.Rescaling(0.5), layers.Flatten(), layers.Dense(2)]
    ),
    "height or width is open": lambda keras, layers: keras.Sequential(
        [
            keras.Input((None, None, 3)),
            layers.Conv2D(2, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
    ),
    "8, 12, 4": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 4)), layers.Conv2D(2, 3), layers.GlobalAveragePooling2D(), layers.Dense(2)]
    ),
    "an output of shape": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 3)), layers.Conv2D(2, 3), layers.Reshape((60, 2)), layers.Softmax()]
    ),
}


@pytest.mark.parametrize("found", REFUSED)
def test_what_cannot_be_explained_is_refused_with_the_reason(tmp_path: Path, found: str) -> None:
    path = tmp_path / "model.keras"
    _keras(REFUSED[found]).save(path)
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    assert found in caught.value.found
    assert caught.value.todo


def test_channels_first_is_named_and_its_advice_works(tmp_path: Path) -> None:
    import keras

    def network() -> Any:
        first = keras.backend.image_data_format() == "channels_first"
        entry = keras.Input((3, 12, 16) if first else (12, 16, 3))
        x = keras.layers.Conv2D(4, 3, activation="relu", name="deep")(entry)
        x = keras.layers.BatchNormalization(axis=1 if first else -1)(x)
        return keras.Model(entry, keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x)))

    keras.backend.set_image_data_format("channels_first")
    try:
        model = network()
    finally:
        keras.backend.set_image_data_format("channels_last")
    model.save(tmp_path / "first.keras")
    with pytest.raises(ModelError, match=r"channels first.*set_weights\(model.get_weights\(\)\)"):
        inspect_model(tmp_path / "first.keras")
    again = network()
    again.set_weights(model.get_weights())
    again.save(tmp_path / "last.keras")
    assert inspect_model(tmp_path / "last.keras").classic.grid == (10, 14)
