"""Exports that left augmentation switched on, and networks whose answer depends on dice."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model, open_explainer


def test_augmentation_that_an_export_left_switched_on_is_taken_out(tmp_path: Path) -> None:
    import keras

    layers = keras.layers
    head = [layers.Conv2D(2, 3, name="conv"), layers.GlobalAveragePooling2D(), layers.Dense(3)]
    random = [layers.RandomFlip(), layers.RandomRotation(0.2), layers.RandomContrast(0.5)]
    model = keras.Sequential([keras.Input((8, 12, 3)), *random, *head])
    model.export(tmp_path / "model", verbose=False)
    explainer = open_explainer(tmp_path / "model", engine="tensorflow")
    assert "random_flip" in explainer.info.notes[0]
    x = np.random.default_rng(0).random((3, 8, 12, 3), dtype=np.float32)
    np.testing.assert_allclose(explainer.predict(x), model(x, training=False), rtol=1e-5, atol=1e-6)


def test_a_network_that_answers_at_random_is_refused_with_the_reason(tmp_path: Path) -> None:
    import tensorflow as tf

    weights = tf.random.stateless_normal((3, 3, 3, 2), (1, 2))

    @tf.function(input_signature=[tf.TensorSpec([None, 8, 12, 3], tf.float32)])
    def serve(x: Any) -> Any:
        made = tf.reduce_mean(tf.nn.conv2d(x, weights, 1, "SAME"), axis=(1, 2))
        return {"y": made * tf.random.uniform((1, 2))}

    module = tf.Module()
    module.serve = serve
    tf.saved_model.save(module, str(tmp_path / "model"), signatures={"serving_default": serve})
    with pytest.raises(ModelError, match="random numbers"):
        inspect_model(tmp_path / "model")
