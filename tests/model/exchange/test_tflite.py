"""TensorFlow Lite networks: the answers of TensorFlow's own interpreter, the maps of the Keras network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradcam_core as gc
from gradcam_core.base.logits import probabilities
from gradcam_core.model import inspect_model, open_explainer
from tests.model.exchange.networks import small

KINDS = ("float", "int8")


@pytest.fixture(scope="module")
def keras_model() -> Any:
    return small((24, 32, 3))


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    """0..255, of which the network's normalisation makes something usual."""
    return np.random.default_rng(1).uniform(0, 1, (4, 24, 32, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def files(
    keras_model: Any, pictures: np.ndarray, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    import tensorflow as tf

    def examples() -> Iterator[list[np.ndarray]]:
        for picture in pictures:
            yield [picture[None]]

    folder, found = tmp_path_factory.mktemp("tflite"), {}
    for kind in KINDS:
        converter = tf.lite.TFLiteConverter.from_keras_model(keras_model)
        if kind == "int8":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            converter.representative_dataset = examples
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
            converter.inference_input_type = converter.inference_output_type = tf.int8
        found[kind] = folder / f"{kind}.tflite"
        found[kind].write_bytes(converter.convert())
    return found


def interpreted(path: Path, pictures: np.ndarray) -> np.ndarray:
    """(N, K) probabilities by the interpreter; quantised and dequantised by the file's parameters."""
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(str(path))
    interpreter.allocate_tensors()
    entry, answer = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    rows = []
    for picture in pictures:
        x = picture[None]
        if entry["dtype"] == np.int8:
            scale, zero = entry["quantization"]
            x = np.clip(np.round(x / scale + zero), -128, 127).astype(np.int8)
        interpreter.set_tensor(entry["index"], x)
        interpreter.invoke()
        row = interpreter.get_tensor(answer["index"])[0].astype(np.float32)
        scale, zero = answer["quantization"]
        rows.append((row - zero) * scale if scale else row)
    return np.stack(rows)


@pytest.mark.parametrize(("kind", "apart"), [("float", 1e-5), ("int8", 2.5 / 256)])
def test_answers_are_those_of_the_interpreter(
    kind: str, apart: float, files: dict[str, Path], pictures: np.ndarray
) -> None:
    """Whole numbers: within two of the file's own steps, 1/256, and their rounding."""
    found = probabilities(open_explainer(files[kind], engine="tensorflow").predict(pictures), "softmax")
    np.testing.assert_allclose(found, interpreted(files[kind], pictures), atol=apart)


@pytest.mark.parametrize(("kind", "least"), [("float", 0.9999), ("int8", 0.97)])
def test_maps_are_those_of_the_keras_network(
    kind: str, least: float, files: dict[str, Path], keras_model: Any, pictures: np.ndarray
) -> None:
    expected = gc.explain(keras_model, pictures)
    found = gc.explain(files[kind], pictures, classes=expected.classes)
    a, b = (one.maps.reshape(len(pictures), -1) for one in (found, expected))
    cosine = (a * b).sum(axis=1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
    assert b.any() and cosine.min() >= least


def test_what_is_understood(files: dict[str, Path]) -> None:
    plain, whole = inspect_model(files["float"]), inspect_model(files["int8"])
    assert plain.format == "TensorFlow Lite" and plain.head == whole.head == "pooled-dense"
    assert plain.classic.grid == whole.classic.grid == (6, 8)
    assert whole.reading.scaling == "0..1" and "lets values from 0 to" in whole.reading.why
    assert len(plain.notes) == 1 and "rounds to whole numbers" in whole.notes[1]


def test_the_fast_engine_agrees(files: dict[str, Path], pictures: np.ndarray) -> None:
    explainer = open_explainer(files["float"], engine="openvino")
    explainer.explain(pictures)
    assert explainer.agreement > 0.9999
