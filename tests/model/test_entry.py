"""The range that a network must be given, read from what it does first, by whatever operations."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcam_core.model import backend
from gradcam_core.model.contract import InputReading
from gradcam_core.model.description import examine
from gradcam_core.model.freeze import freeze
from gradcam_core.model.load import LoadedModel

Layer = Callable[[Any], Any]
MEAN = np.array((123.68, 116.779, 103.939), np.float32)


def reading(model: Any, library: Any, dtype: str = "float32") -> InputReading:
    """What is read of a Keras model that is in memory."""
    shape = tuple(model.inputs[0].shape)
    loaded = LoadedModel(lambda x: model(x, training=False), shape, dtype, library)
    return examine(freeze(loaded), "a model", "0").info.reading


def small(first: Layer, channels: int = 3) -> Any:
    """12×16: ``first``, a convolution, pooled, two classes."""
    import keras

    entry = keras.Input((12, 16, channels))
    x = keras.layers.Conv2D(4, 3, activation="relu")(first(entry))
    return keras.Model(entry, keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x)))


def layer(name: str, **options: Any) -> Layer:
    import keras

    return getattr(keras.layers, name)(**options)


def preprocess(network: str) -> Layer:
    import keras

    return getattr(keras.applications, network).preprocess_input


FIRST: dict[str, tuple[Callable[[], Layer], str | None, str | None]] = {
    "nothing": (lambda: lambda x: x, None, None),
    "a first layer of 0..1": (lambda: layer("Rescaling", scale=1 / 255), "0..255", None),
    "divided by 256": (lambda: lambda x: x / 256.0, "0..255", None),
    "a first layer of -1..1": (lambda: layer("Rescaling", scale=1 / 127.5, offset=-1), "0..255", None),
    "0..1 to -1..1": (lambda: lambda x: x * 2.0 - 1.0, "0..1", None),
    "0..1 to 0..255": (lambda: layer("Rescaling", scale=255.0), "0..1", None),
    "-1..1 to 0..1": (lambda: lambda x: (x + 1.0) / 2.0, "-1..1", None),
    "centred": (lambda: lambda x: x - 128.0, "0..255", None),
    "caffe": (lambda: preprocess("vgg16"), "0..255", "rgb"),
    "torch": (lambda: preprocess("densenet"), "0..255", "rgb"),
    "tf": (lambda: preprocess("mobilenet_v2"), "0..255", None),
    "mean of BGR": (lambda: lambda x: x - MEAN[::-1], "0..255", "bgr"),
    "mean of RGB in 0..1": (lambda: lambda x: (x - MEAN / 255) / 0.225, "0..1", "rgb"),
    "reversed and divided": (lambda: lambda x: x[..., ::-1] / 255.0, "0..255", "rgb"),
    "reversed": (lambda: lambda x: x[..., ::-1], None, "rgb"),
    "mean and variance of ImageNet": (
        lambda: layer("Normalization", mean=MEAN, variance=(58.4**2, 57.1**2, 57.4**2)), "0..255", "rgb",
    ),
    "of other pictures": (
        lambda: layer("Normalization", mean=[90.0, 80, 70], variance=[900.0] * 3), None, None,
    ),
    "padded": (lambda: lambda x: layer("ZeroPadding2D")(x / 255.0), "0..255", None),
    "augmented": (
        lambda: lambda x: layer("RandomFlip")(layer("RandomRotation", factor=0.1)(x)) / 255.0,
        "0..255", None,
    ),
    "cut to 0..1": (lambda: lambda x: __import__("keras").ops.clip(x, 0.0, 1.0), "0..1", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FIRST)
def test_the_range_is_read_from_the_first_operations(name: str) -> None:
    import keras

    first, scaling, order = FIRST[name]
    found = reading(small(first()), keras)
    assert (found.scaling, found.channel_order) == (scaling, order), found.why
    assert bool(found.why) == (scaling is not None or order is not None)


def test_the_evidence_is_said_in_words() -> None:
    import keras

    said = reading(small(layer("Rescaling", scale=1 / 127.5, offset=-1)), keras).why
    assert said == "the network turns 0..255 into -1..1 itself"


def test_one_channel() -> None:
    import keras

    assert reading(small(layer("Rescaling", scale=1 / 255), channels=1), keras).scaling == "0..255"


def test_half_precision_does_not_blur_the_range() -> None:
    import keras

    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        model = small(layer("Rescaling", scale=1 / 127.5, offset=-1))
    finally:
        keras.mixed_precision.set_global_policy("float32")
    assert reading(model, keras).scaling == "0..255"


@pytest.mark.parametrize(
    ("low", "high", "scaling"), [(-1, 0.992, "-1..1"), (0, 1, "0..1"), (0, 255, "0..255")]
)
def test_the_range_of_a_quantised_input(low: float, high: float, scaling: str) -> None:
    """Training aware of quantisation writes the range of its input into the graph."""
    tf = backend.tensorflow()
    kernel = tf.constant(np.random.default_rng(0).normal(size=(3, 3, 3, 4)).astype(np.float32))

    def call(x: Any) -> Any:
        x = tf.quantization.fake_quant_with_min_max_vars(x, float(low), float(high))
        return tf.reduce_mean(tf.nn.relu(tf.nn.conv2d(x, kernel, 1, "SAME")), axis=(1, 2))

    found = examine(freeze(LoadedModel(call, (None, 12, 16, 3), "float32")), "a model", "0")
    assert found.info.reading.scaling == scaling


@pytest.mark.parametrize(("dtype", "scaling"), [("uint8", "0..255"), ("int8", "-128..127")])
def test_whole_numbers(dtype: str, scaling: str) -> None:
    tf = backend.tensorflow()
    kernel = tf.constant(np.random.default_rng(0).normal(size=(3, 3, 3, 4)).astype(np.float32))

    def call(x: Any) -> Any:
        x = tf.nn.conv2d(tf.cast(x, tf.float32), kernel, 1, "SAME")
        return tf.reduce_mean(tf.nn.relu(x), axis=(1, 2))

    found = examine(freeze(LoadedModel(call, (None, 12, 16, 3), dtype)), "a model", "0").info.reading
    assert (found.scaling, dtype in found.why) == (scaling, True)


def published(major: int, name: str, **options: Any) -> Any:
    networks = backend.keras_library(major).applications
    return getattr(networks, name)(weights=None, classes=2, input_shape=(32, 32, 3), **options)


@pytest.mark.parametrize(
    ("major", "name", "options", "scaling"),
    [
        (3, "EfficientNetB0", {}, "0..255"),
        (3, "MobileNetV3Small", {}, "0..255"),
        (3, "MobileNetV3Small", {"include_preprocessing": False}, None),
        (3, "MobileNetV2", {"alpha": 0.35}, None),
        (2, "RegNetX002", {}, "0..255"),
        (2, "EfficientNetB0", {}, "0..255"),
    ],
)
def test_networks_with_their_own_preprocessing(
    major: int, name: str, options: dict[str, Any], scaling: str | None
) -> None:
    found = reading(published(major, name, **options), backend.keras_library(major))
    assert found.scaling == scaling
