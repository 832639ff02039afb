"""A small Keras network with random weights whose normalisation has seen something."""

from typing import Any

import numpy as np


def small(size: tuple[int, int, int] = (24, 32, 3), classes: int = 4) -> Any:
    """Convolutions (one depthwise), normalisation, pooling, swish, mean of all places, dense layer."""
    import keras

    keras.utils.set_random_seed(3)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input(size),
            layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False, name="first"),
            layers.BatchNormalization(name="norm"),
            layers.ReLU(),
            layers.DepthwiseConv2D(3, padding="same", activation="relu", name="deep"),
            layers.MaxPooling2D(2),
            layers.Conv2D(8, 3, padding="same", activation="swish", name="last"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(classes, activation="softmax", name="head"),
        ]
    )
    rng = np.random.default_rng(0)
    for layer in model.layers:
        layer.set_weights([one + rng.uniform(0.0, 0.3, one.shape) for one in layer.get_weights()])
    return model
