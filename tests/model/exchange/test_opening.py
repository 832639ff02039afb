"""An ONNX network gives what the Keras network gives whose weights it has: answers, maps, gradients."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradcam_core as gc
from gradcam_core.base.errors import ModelError, OpenSizeError
from gradcam_core.maps.cams import offered
from gradcam_core.model import inspect_model, open_explainer
from tests.model.exchange.networks import small
from tests.model.exchange.one_operation import around, kernel
from tests.model.exchange.onnx_of_keras import channels_first, node, save

SIZE = (24, 32)


@pytest.fixture(scope="module")
def keras_model() -> Any:
    return small((*SIZE, 3))


@pytest.fixture(scope="module")
def file(keras_model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return channels_first(keras_model, tmp_path_factory.mktemp("onnx") / "model.onnx")


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    return np.random.default_rng(1).uniform(0, 1, (3, *SIZE, 3)).astype(np.float32)


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    a, b = (maps.reshape(len(maps), -1).astype(np.float64) for maps in (one, other))
    return (a * b).sum(axis=1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


@pytest.mark.parametrize("method", offered())
def test_every_map_is_that_of_the_keras_network(
    method: str, keras_model: Any, file: Path, pictures: np.ndarray
) -> None:
    expected, found = gc.explain(keras_model, pictures, method), gc.explain(file, pictures, method)
    np.testing.assert_allclose(found.logits, expected.logits, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(found.classes, expected.classes)
    assert expected.maps.any() and cosines(found.maps, expected.maps).min() >= 0.9999


@pytest.mark.parametrize("opset", [9, 11, 13, 21])
@pytest.mark.parametrize("batch", ["batch", 1])
def test_old_and_new_files_and_a_batch_of_one(
    opset: int, batch: Any, keras_model: Any, pictures: np.ndarray, tmp_path: Path
) -> None:
    path = channels_first(keras_model, tmp_path / "model.onnx", batch, opset)
    found = open_explainer(path, engine="tensorflow").predict(pictures)
    expected = gc.explain(keras_model, pictures).logits
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


def test_what_is_understood(file: Path) -> None:
    info = inspect_model(file)
    assert (info.format, info.activation, info.head, info.outputs) == ("ONNX", "softmax", "pooled-dense", 4)
    assert (info.height, info.width, info.channels) == (*SIZE, 3)
    assert (info.classic.name, info.classic.grid, info.classic.kind) == ("top/Mul", (6, 8), "Swish")
    assert info.fine is not None and info.fine.name == "deep_active/Relu"
    assert "gradients and every kind of map" in info.notes[0]


def test_without_a_last_activation(keras_model: Any, tmp_path: Path) -> None:
    path = channels_first(keras_model, tmp_path / "model.onnx", probabilities=False)
    assert inspect_model(path).activation == "linear"


def test_on_openvino_with_random_weights_and_what_training_saw(file: Path, pictures: np.ndarray) -> None:
    explainer = open_explainer(file, engine="openvino")
    explainer.explain(pictures)
    assert explainer.engine == "openvino" and explainer.agreement > 0.9999
    assert np.isfinite(explainer.surprise(pictures))  # its normalisation keeps a mean
    randomised: Any = explainer
    unlearned, again = (randomised.randomised(5).predict(pictures) for _ in range(2))
    np.testing.assert_array_equal(unlearned, again)
    assert not np.allclose(unlearned, explainer.predict(pictures), rtol=0.1)


def test_channels_last_and_the_range_that_the_network_makes_itself(tmp_path: Path) -> None:
    """As Keras exports: channels last, divided by 255, turned once for all convolutions."""
    nodes = [
        node("Mul", "x s", "scaled"),
        node("Transpose", "scaled", "first", perm=[0, 3, 1, 2]),
        node("Conv", "first k", "a"),
        node("Relu", "a", "b"),
        node("ReduceMean", "b", "m", axes=[2, 3], keepdims=0),
        node("MatMul", "m w", "y"),
    ]
    weights = {"s": np.float32(1 / 255), "k": kernel(1, 5, 3, 3, 3), "w": kernel(2, 5, 2)}
    path = save(tmp_path / "m.onnx", nodes, weights, ("n", 16, 20, 3), {"y": ("n", 2)})
    info = inspect_model(path)
    assert (info.height, info.width, info.head) == (16, 20, "pooled-dense")
    assert info.reading.scaling == "0..255"


def test_flattened_heads_and_whole_pictures(tmp_path: Path) -> None:
    nodes = [
        node("Conv", "x k", "a"),
        node("Relu", "a", "b"),
        node("Flatten", "b", "f"),
        node("Gemm", "f w c", "z"),
        node("Sigmoid", "z", "y"),
    ]
    weights = {"k": kernel(1, 5, 1, 3, 3), "w": kernel(2, 5 * 6 * 8, 1), "c": kernel(3, 1)}
    path = save(tmp_path / "m.onnx", nodes, weights, (1, 1, 8, 10), {"y": (1, 1)})
    info = inspect_model(path)
    assert (info.channels, info.activation, info.classes, info.head) == (1, "sigmoid", 2, "flatten-dense")


def test_open_sizes_ask(tmp_path: Path) -> None:
    nodes = [
        node("Conv", "x k", "a"),
        node("GlobalAveragePool", "a", "m"),
        node("Flatten", "m", "y"),
    ]
    weights = {"k": kernel(1, 5, 3, 3, 3)}
    path = save(tmp_path / "m.onnx", nodes, weights, ("n", 3, "h", "w"), {"y": ("n", 5)})
    with pytest.raises(OpenSizeError, match=r"--input-size"):
        inspect_model(path)
    assert inspect_model(path, size=(20, 30)).classic.grid == (18, 28)


def test_several_outputs_and_inputs(tmp_path: Path) -> None:
    nodes = [node("Relu", "a", "b"), node("Identity", "y", "again")]
    path = around(tmp_path, nodes[:1])
    import onnx

    model = onnx.load(path)
    model.graph.node.append(node("Tanh", "y", "other"))
    model.graph.output.append(onnx.helper.make_tensor_value_info("other", 1, ("n", 3)))
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"2 outputs \(y, other\).*--output=y"):
        inspect_model(path)
    assert inspect_model(path, output="y").activation == "linear"
    model.graph.input.append(onnx.helper.make_tensor_value_info("age", 1, ("n", 3)))
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"2 inputs .*age"):
        inspect_model(path, output="y")


def test_an_operation_that_is_not_translated_is_named(tmp_path: Path) -> None:
    nodes = [node("TopK", "a k1", "b i", axis=1)]
    path = around(tmp_path, nodes, {"k1": np.array([6], np.int64)})
    with pytest.raises(ModelError, match=r"TopK in '/b/TopK'.*not translated"):
        inspect_model(path)


def test_behind_the_wall(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADCAM_WALL", "on")
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    assert inspect_model(file).classic.name == "top/Mul"
