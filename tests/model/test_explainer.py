"""Activations and gradients against hand-worked values and against slow, independent computations."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.maps.cams.grad_cam import grad_cam
from gradcam_core.model import open_explainer
from gradcam_core.model.explainer import FrozenExplainer

Saved = Callable[[str], Path]
Pictures = Callable[..., np.ndarray]


def close(one: Any, other: Any, tolerance: float = 2e-5) -> None:
    np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=1e-4, atol=tolerance)


def test_a_model_worked_by_hand(saved: Saved) -> None:
    explainer = open_explainer(saved("hand"), engine="tensorflow")
    x = np.zeros((1, 4, 6, 1), np.float32)
    x[0, 1, 2, 0] = 2.0  # A0 is 2 there and 0 elsewhere; A1 is 0 there and 1 elsewhere
    result = explainer.explain(x, np.array([0]))
    evidence = result.evidence["classic"]
    pooled = np.array([2 / 24, 23 / 24])
    close(result.embedding, [pooled])
    close(result.logits, [[pooled @ [1, 2] + 0.5, pooled @ [-1, 3]]])
    close(evidence.activations[0, 1, 2], [2, 0])
    close(evidence.activations[0, 0, 0], [0, 1])
    close(evidence.gradients, np.broadcast_to(np.array([1, 2]) / 24, (1, 4, 6, 2)))
    expected = np.full((4, 6), 2 / 24)
    expected[1, 2] = 2 / 24  # 2 x 1/24 by A0, 0 by A1
    close(grad_cam(evidence)[0], expected)
    other = explainer.explain(x, np.array([1])).evidence["classic"]
    expected = np.full((4, 6), 3 / 24)
    expected[1, 2] = 0  # -2/24, cut off at zero
    close(grad_cam(other)[0], expected)


def slow(model: Any, layer: str, x: np.ndarray, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Activation and gradient of one class score by a tape over Keras's own layers."""
    import keras
    import tensorflow as tf

    parts = keras.Model(model.inputs, [model.get_layer(layer).output, model.get_layer("scores").output])
    above = keras.Model(model.get_layer(layer).output, model.get_layer("scores").output)
    activation, _ = parts(x, training=False)
    with tf.GradientTape() as tape:
        tape.watch(activation)
        score = above(activation, training=False)[:, target]
    return activation.numpy(), tape.gradient(score, activation).numpy()


@pytest.mark.parametrize("name", ["pooled", "flat", "flatten", "keras 3 h5"])
def test_both_layers_equal_a_tape_over_keras_layers(saved: Saved, pictures: Pictures, name: str) -> None:
    import keras

    x = pictures(3)
    result = open_explainer(saved(name), engine="tensorflow").explain(x, np.array([2, 2, 2]))
    model = keras.models.load_model(saved(name), compile=False)
    for maps, layer in (("classic", "last"), ("fine", "joined")):
        activation, gradient = slow(model, layer, x, 2)
        assert np.abs(gradient).max() > 1e-4
        close(result.evidence[maps].activations, activation)
        close(result.evidence[maps].gradients, gradient)


@pytest.mark.parametrize("name", ["nested", "nested keras 2"])
def test_a_nested_keras_2_model_equals_a_tape_through_its_backbone(
    saved: Saved, pictures: Pictures, name: str
) -> None:
    import tensorflow as tf
    import tf_keras

    x = pictures(2, (64, 96))
    explainer = open_explainer(saved(name), engine="tensorflow")
    result = explainer.explain(x, np.array([1, 1]))
    model = tf_keras.models.load_model(saved(name), compile=False)
    backbone, *rest = [layer for layer in model.layers if "input" not in layer.name]
    rest[-1].activation = tf_keras.activations.linear
    activation = tf_keras.Model(backbone.inputs, backbone.get_layer("out_relu").output)(x)
    with tf.GradientTape() as tape:
        tape.watch(activation)
        y = activation
        for layer in rest:
            y = layer(y, training=False)
        score = y[:, 1]
    assert explainer.layers["classic"].name == "out_relu"
    assert explainer.layers["classic"].grid == (2, 3)
    assert explainer.layers["fine"].grid == (4, 6)
    close(result.logits, y)
    close(result.evidence["classic"].activations, activation)
    close(result.evidence["classic"].gradients, tape.gradient(score, activation))
    assert np.abs(result.evidence["fine"].gradients).max() > 0


def test_gradients_are_the_weights_when_the_head_is_pooling_and_one_dense_layer(
    saved: Saved, pictures: Pictures
) -> None:
    import keras

    explainer = open_explainer(saved("pooled"), engine="tensorflow", maps=("classic",))
    assert explainer.info.head == "pooled-dense"
    targets = np.array([0, 1, 2])
    evidence = explainer.explain(pictures(3), targets).evidence["classic"]
    kernel = keras.models.load_model(saved("pooled"), compile=False).get_layer("scores").get_weights()[0]
    height, width = evidence.activations.shape[1:3]
    expected = kernel[:, targets].T[:, None, None, :] / (height * width)
    close(evidence.gradients, np.broadcast_to(expected, evidence.gradients.shape), 1e-8)


def test_one_sigmoid_unit_has_two_classes_with_opposite_scores(saved: Saved, pictures: Pictures) -> None:
    explainer = open_explainer(saved("sigmoid"), engine="tensorflow")
    x = pictures(4, channels=1)
    one, zero = (explainer.explain(x, np.full(4, target)) for target in (1, 0))
    assert (explainer.info.outputs, explainer.info.classes, explainer.info.channels) == (1, 2, 1)
    close(one.evidence["classic"].score, one.logits[:, 0])
    close(zero.evidence["classic"].score, -one.logits[:, 0])
    close(zero.evidence["fine"].gradients, -one.evidence["fine"].gradients, 1e-8)
    chosen = explainer.explain(x)
    assert chosen.targets.tolist() == (one.logits[:, 0] > 0).astype(int).tolist()


def test_a_saturated_softmax_still_has_gradients(folder: Path, saved: Saved) -> None:
    import keras

    model = keras.models.load_model(saved("hand"), compile=False)
    weights = model.get_weights()
    model.set_weights([*weights[:3], np.array([40.0, 0.0])])
    model.save(folder / "sure.keras")
    x = np.ones((1, 4, 6, 1), np.float32)
    assert model.predict(x, verbose=0)[0, 0] == 1.0
    result = open_explainer(folder / "sure.keras", engine="tensorflow").explain(x)
    assert result.logits[0, 0] - result.logits[0, 1] >= 40
    close(result.evidence["classic"].gradients[0, 0, 0], [1 / 24, 2 / 24])


@pytest.mark.parametrize("engine", ["tensorflow", "openvino"])
@pytest.mark.parametrize("name", ["pooled", "served"])
def test_one_picture_alone_gives_what_it_gives_in_a_batch(
    saved: Saved, pictures: Pictures, name: str, engine: str
) -> None:
    explainer = open_explainer(saved(name), engine=engine)
    x = pictures(5)
    together, alone = explainer.explain(x), explainer.explain(x[3:4])
    close(together.logits[3:4], alone.logits, 1e-6)
    for maps in ("classic", "fine"):
        close(together.evidence[maps].activations[3:4], alone.evidence[maps].activations, 1e-6)
        close(together.evidence[maps].gradients[3:4], alone.evidence[maps].gradients, 1e-6)


def test_every_way_of_saving_gives_the_same_evidence(saved: Saved, pictures: Pictures) -> None:
    x = pictures(2)
    expected = open_explainer(saved("pooled"), engine="tensorflow").explain(x)
    for name in ("keras 3 h5", "served", "exported"):
        found = open_explainer(saved(name), engine="tensorflow").explain(x)
        close(found.logits, expected.logits)
        close(found.embedding, expected.embedding)
        for maps in ("classic", "fine"):
            close(found.evidence[maps].gradients, expected.evidence[maps].gradients)


def test_predict_and_answers_are_those_of_the_pass(saved: Saved, pictures: Pictures) -> None:
    for name in ("flat", "linear"):
        explainer = open_explainer(saved(name), engine="tensorflow")
        x = pictures(35)  # more than one chunk
        result = explainer.explain(x)
        close(explainer.predict(x), result.logits, 1e-6)
        logits, embeddings = explainer.answers(x)
        close(logits, result.logits, 1e-6)
        close(embeddings, result.embedding, 1e-6)


@pytest.mark.parametrize("layer", ["joined", "inside", "last"])
def test_forward_from_activations_and_from_inputs(saved: Saved, pictures: Pictures, layer: str) -> None:
    """``inside`` lies in a branch that a shortcut runs past, so a side tensor is handed over."""
    explainer = open_explainer(saved("pooled"), fine=layer, engine="tensorflow")
    x = pictures(4)
    evidence = explainer.explain(x).evidence["fine"]
    rows = np.array([3, 0, 3])
    close(evidence.from_activations(evidence.activations[rows], rows), evidence.score[rows], 1e-6)
    close(evidence.from_inputs(x[rows], rows), evidence.score[rows], 1e-6)
    step = 1e-2 * evidence.gradients / np.sqrt((evidence.gradients**2).sum(axis=(1, 2, 3), keepdims=True))
    gained = evidence.from_activations(evidence.activations + step, np.arange(4)) - evidence.score
    np.testing.assert_allclose(gained, (step * evidence.gradients).sum(axis=(1, 2, 3)), rtol=0.05)


def test_gradients_that_nobody_asked_for_are_zero(saved: Saved, pictures: Pictures) -> None:
    evidence = (
        open_explainer(saved("pooled"), engine="tensorflow")
        .explain(pictures(2), gradients=["fine"])
        .evidence
    )
    assert not evidence["classic"].gradients.any()
    assert evidence["fine"].gradients.any()


def test_the_engines_agree(saved: Saved, pictures: Pictures) -> None:
    x = pictures(6)
    slowly = open_explainer(saved("pooled"), engine="tensorflow").explain(x)
    explainer = open_explainer(saved("pooled"), engine="auto")
    fast = explainer.explain(x)
    assert isinstance(explainer, FrozenExplainer)
    assert explainer.engine == "openvino"
    assert explainer.agreement >= 0.9999
    assert "OpenVINO" in explainer.notes[0]
    close(fast.logits, slowly.logits)
    for maps in ("classic", "fine"):
        close(fast.evidence[maps].activations, slowly.evidence[maps].activations)
        close(fast.evidence[maps].gradients, slowly.evidence[maps].gradients)


@pytest.mark.parametrize("name", ["pooled", "sigmoid"])
def test_weights_of_the_outputs_explain_their_weighted_sum(
    saved: Saved, pictures: Pictures, name: str
) -> None:
    """One-hot weights are a class; twice the weights have twice the gradients."""
    explainer, x = open_explainer(saved(name), engine="tensorflow"), pictures(3)
    outputs = explainer.info.outputs
    one = explainer.explain(x, np.full(3, outputs - 1 if outputs > 1 else 1))
    hot = np.zeros((3, outputs), np.float32)
    hot[:, -1] = 1
    same = explainer.explain(x, hot)
    np.testing.assert_allclose(same.evidence["classic"].gradients, one.evidence["classic"].gradients)
    np.testing.assert_allclose(same.evidence["classic"].score, one.evidence["classic"].score)
    double = explainer.explain(x, 2 * hot).evidence["classic"]
    np.testing.assert_allclose(double.gradients, 2 * one.evidence["classic"].gradients, rtol=1e-6)


@pytest.mark.parametrize("engine", ["tensorflow", "openvino", "auto"])
def test_batches_at_the_same_time_give_what_they_give_alone(
    engine: str, saved: Saved, pictures: Pictures
) -> None:
    batches = [np.roll(pictures(3), seed, axis=1) for seed in range(6)]
    one = open_explainer(saved("pooled"), engine=engine)
    expected = [one.explain(batch) for batch in batches]
    both = open_explainer(saved("pooled"), engine=engine)  # not settled yet: the threads meet there too
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(both.explain, batches))
    for alone, together in zip(expected, found, strict=True):
        np.testing.assert_array_equal(together.logits, alone.logits)
        for name, evidence in alone.evidence.items():
            np.testing.assert_array_equal(together.evidence[name].activations, evidence.activations)
            np.testing.assert_array_equal(together.evidence[name].gradients, evidence.gradients)
