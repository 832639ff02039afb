"""The one place that imports TensorFlow, Keras, tf_keras and OpenVINO. Importing this file imports none."""

import importlib
import importlib.util
import os
from functools import cache
from typing import Any

from gradcam_core.model.memory import check_room

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_DEPRECATION_WARNINGS": "0", "KERAS_BACKEND": "tensorflow"}


@cache
def tensorflow() -> Any:
    """TensorFlow, quiet: its start-up messages are no news to somebody who audits pictures."""
    check_room()
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    tf = importlib.import_module("tensorflow")
    tf.get_logger().setLevel("ERROR")
    importlib.import_module("absl.logging").set_verbosity("error")
    return tf


@cache
def keras_library(major: int) -> Any:
    """Keras 3 (``major`` 3) or its predecessor tf_keras (2)."""
    tensorflow()
    return importlib.import_module("keras" if major >= 3 else "tf_keras")


@cache
def openvino() -> Any:
    """OpenVINO, or None where it is not installed."""
    if importlib.util.find_spec("openvino") is None:
        return None
    return importlib.import_module("openvino")


def openvino_passes() -> Any:
    """OpenVINO's simplifications of a network, which it does not import by itself."""
    return importlib.import_module("openvino.passes")


def has_gpu() -> bool:
    """TensorFlow sees a GPU; it is then faster than anything on the CPU."""
    return bool(tensorflow().config.list_physical_devices("GPU"))


def inference_only_constants() -> Any:
    """TensorFlow's conversion of variables to constants (no public name exists for it)."""
    tensorflow()
    module = importlib.import_module("tensorflow.python.framework.convert_to_constants")
    return module.convert_variables_to_constants_v2
