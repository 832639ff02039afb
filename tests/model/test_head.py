"""Heads: all classes at once where it is pooling and dense, and the plain CNN that flattens."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.maps.cams.grad_cam import grad_cam
from gradcam_core.model import open_explainer

Saved = Callable[[str], Path]
Pictures = Callable[..., np.ndarray]


@pytest.mark.parametrize("engine", ["tensorflow", "openvino"])
@pytest.mark.parametrize("name", ["pooled", "average", "sigmoid"])
def test_all_classes_without_gradients_equal_grad_cam_class_by_class(
    saved: Saved, pictures: Pictures, name: str, engine: str
) -> None:
    explainer = open_explainer(saved(name), engine=engine)
    x = pictures(34, channels=explainer.info.channels)  # more than one chunk
    maps = explainer.explain_classes(x)
    assert maps.shape == (34, explainer.info.classes, 6, 10)
    assert maps.any()
    for index in range(explainer.info.classes):
        evidence = explainer.explain(x, np.full(34, index), ["classic"]).evidence["classic"]
        np.testing.assert_allclose(maps[:, index], grad_cam(evidence), rtol=1e-4, atol=1e-6)


def test_all_classes_at_once_need_pooling_and_one_dense_layer(saved: Saved, pictures: Pictures) -> None:
    with pytest.raises(ModelError, match="flatten-dense"):
        open_explainer(saved("flat"), engine="tensorflow").explain_classes(pictures(1))
    with pytest.raises(ModelError, match="no classic maps"):
        open_explainer(saved("pooled"), maps=("fine",), engine="tensorflow").explain_classes(pictures(1))


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
