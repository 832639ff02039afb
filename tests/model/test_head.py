"""Heads: the plain CNN that flattens."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from gradcam_core.model import open_explainer

Saved = Callable[[str], Path]
Pictures = Callable[..., np.ndarray]


def test_the_plain_cnn_equals_a_tape_through_pooling_and_flatten(saved: Saved, pictures: Pictures) -> None:
    import keras
    import tensorflow as tf

    x = pictures(2)
    evidence = open_explainer(saved("plain cnn"), engine="tensorflow").explain(x, np.array([1, 1])).evidence
    model = keras.models.load_model(saved("plain cnn"), compile=False)
    kernel, bias = (tf.constant(weight) for weight in model.get_layer("y_pred").get_weights())
    activation = keras.Model(model.inputs, model.get_layer("second").output)(x)
    with tf.GradientTape() as tape:
        tape.watch(activation)
        pooled = tf.nn.max_pool2d(activation, 2, 2, "SAME")
        score = (tf.reshape(pooled, (2, -1)) @ kernel + bias)[:, 1]
    found = evidence["classic"]
    np.testing.assert_allclose(found.activations, activation, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(found.gradients, tape.gradient(score, activation), rtol=1e-4, atol=1e-6)
    assert found.gradients.any()
