"""One Keras network -> a file in each format."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

OPSET = 17


def _save(model: Any, path: Path) -> None:
    model.save(path)


def _export(model: Any, path: Path) -> None:
    quiet = {"verbose": False} if type(model).__module__.startswith("keras.") else {}
    model.export(path, **quiet)


def _lite(model: Any, path: Path) -> None:
    """By way of a SavedModel, which the converter reads from both generations of Keras."""
    import tensorflow as tf

    _export(model, path.with_name("for_lite"))
    converter = tf.lite.TFLiteConverter.from_saved_model(str(path.with_name("for_lite")))
    path.write_bytes(converter.convert())


def _onnx(model: Any, path: Path) -> None:
    """By tf2onnx, as ``model.export(format="onnx")`` of Keras does it; it is no package of this project."""
    import tensorflow as tf

    convert = importlib.import_module("tf2onnx.convert")
    signature = [tf.TensorSpec(model.inputs[0].shape, tf.float32, name="picture")]
    function = tf.function(lambda picture: model(picture, training=False))
    convert.from_function(function, input_signature=signature, opset=OPSET, output_path=str(path))


FORMATS: dict[str, tuple[str, Callable[[Any, Path], None]]] = {
    "keras": ("model.keras", _save),
    "h5": ("model.h5", _save),
    "SavedModel": ("exported", _export),
    "TFLite": ("model.tflite", _lite),
    "ONNX": ("model.onnx", _onnx),
}
"""Format -> name of its file, and how a model is saved there."""


def available() -> list[str]:
    """The formats that can be written here: ONNX only where tf2onnx is installed."""
    found = importlib.util.find_spec("tf2onnx") is not None
    return [name for name in FORMATS if found or name != "ONNX"]
