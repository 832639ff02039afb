"""The networks of the demos: kinds of file, head and grid that people really have."""

import os
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import tf_keras

MOMENTUM = 0.9
"""Of batch normalisation while training: the default, 0.999, needs thousands of steps to settle."""


def pets() -> tf_keras.Model:
    """Edge Impulse's transfer structure: Sequential around a nested MobileNetV2 0.35, Keras 2."""
    layers = tf_keras.layers
    base = tf_keras.applications.MobileNetV2((96, 96, 3), alpha=0.35, include_top=False, weights=None)
    nested = tf_keras.Model(base.inputs, base.outputs, name="model")
    for layer in nested.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = MOMENTUM
    return tf_keras.Sequential(
        [
            layers.InputLayer((96, 96, 3), name="x_input"),
            nested,
            layers.Reshape((-1, 1280)),
            layers.Dense(16, activation="relu"),
            layers.Dropout(0.1),
            layers.Flatten(),
            layers.Dense(2, activation="softmax"),
        ]
    )


def xray() -> keras.Model:
    """A plain convolutional network for grey 128x96 pictures with one sigmoid unit, Keras 3."""
    layers = keras.layers
    network = [keras.Input((128, 96, 1))]
    for filters in (12, 24, 32, 48):
        network += [layers.Conv2D(filters, 3, padding="same", activation="relu"), layers.MaxPooling2D()]
    network += [
        layers.Flatten(),
        layers.Dropout(0.2),
        layers.Dense(24, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]
    return keras.Sequential(network, name="xray")


def _strided(shape: tuple[int, int, int], *filters: int) -> tuple[Any, Any]:
    """Input, and convolutions with batch normalisation: 5x5 first, the first three with stride 2."""
    layers = keras.layers
    inputs = x = keras.Input(shape)
    for place, count in enumerate(filters):
        kernel, stride = 3 if place else 5, 2 if place < 3 else 1
        x = layers.Conv2D(count, kernel, strides=stride, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=MOMENTUM)(x))
    return inputs, x


def clean() -> keras.Model:
    """Strided convolutions, global average pooling over a 12x12 grid and one dense layer, Keras 3."""
    inputs, x = _strided((96, 96, 3), 16, 32, 48, 64, 96)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(x), name="clean")


def tiles() -> keras.Model:
    """A backbone for 96x128 pictures with a 12x16 grid; its six classes are patterns of ``patterns``."""
    inputs, x = _strided((96, 128, 3), 16, 24, 32, 32)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(6, activation="softmax")(x), name="tiles")


def defects() -> keras.Model:
    """Strided convolutions on 96x128 pictures, average pooling over 12x16 cells, one linear output."""
    inputs, x = _strided((96, 128, 3), 16, 24, 32, 32)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(1, name="y_pred")(x), name="defects")


def keywords() -> tf_keras.Model:
    """Edge Impulse's structure for sounds: flat features, Reshape, two convolutions, Keras 2."""
    layers = tf_keras.layers
    network = [layers.InputLayer((49 * 40,), name="x_input"), layers.Reshape((49, 40, 1))]
    for filters in (8, 16):
        network += [
            layers.Conv2D(filters, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2, strides=2, padding="same"),
        ]
    network += [
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(2, activation="softmax", name="y_pred"),
    ]
    return tf_keras.Sequential(network)


def bench() -> keras.Model:
    """FOMO's form, Keras 3: convolutions to 12x12 cells, then head and logits, both 1x1; no softmax yet."""
    inputs, x = _strided((96, 96, 3), 16, 24, 32, 32, 32)
    x = keras.layers.Conv2D(16, 1, activation="relu", name="head")(x)
    return keras.Model(inputs, keras.layers.Conv2D(3, 1, name="logits")(x), name="bench")


def chest() -> keras.Model:
    """Strided convolutions on grey 128x96 pictures, average pooling over 16x12 cells, four sigmoids."""
    inputs, x = _strided((128, 96, 1), 16, 24, 32, 48)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(4, activation="sigmoid")(x), name="chest")


NETWORKS = {
    "pets": pets,
    "xray": xray,
    "clean": clean,
    "tiles": tiles,
    "defects": defects,
    "keywords": keywords,
    "bench": bench,
    "chest": chest,
}
"""Name -> network, untrained."""
