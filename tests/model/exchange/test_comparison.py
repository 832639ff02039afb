"""The comparison with OpenVINO's own reading can fail, and then the file is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import tensorflow as tf

from gradcam_core.base.errors import ModelError
from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.comparison import APART, apart, rounded
from gradcam_core.model.exchange.reading import read
from gradcam_core.model.exchange.translate import translated
from gradcam_core.model.freeze import Frozen
from tests.model.exchange.one_operation import around
from tests.model.exchange.onnx_of_keras import node


def with_kernel_times(frozen: Frozen, factor: float) -> Frozen:
    definition = type(frozen.definition)()
    definition.CopyFrom(frozen.definition)
    kernel = next(one for one in definition.node if one.op == "Const" and "filter" in one.name)
    values = tf.make_ndarray(kernel.attr["value"].tensor) * np.float32(factor)
    kernel.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(values))
    return replace(frozen, definition=definition)


def test_a_wrong_translation_is_refused(tmp_path: Path) -> None:
    network = read(around(tmp_path, [node("Relu", "a", "b")]), Choices())
    frozen = translated(network)
    assert apart(network, frozen) < APART / 10 and not rounded(frozen)
    assert apart(network, with_kernel_times(frozen, 1.0001)) > apart(network, frozen)
    with pytest.raises(ModelError, match=r"differ by \d"):
        apart(network, with_kernel_times(frozen, 1.01))


def test_a_copy_behind_the_softmax_changes_nothing(tmp_path: Path) -> None:
    """As Paddle writes them: both sides are asked before the softmax."""
    nodes = [node("Relu", "a", "b"), node("Softmax", "y", "p", axis=1), node("Identity", "p", "q")]
    path = around(tmp_path, nodes)
    model = onnx.load(path)
    model.graph.output[0].name = "q"
    model.graph.node.extend([model.graph.node[2], model.graph.node[3]])
    del model.graph.node[2:4]
    onnx.save(model, path)
    network = read(path, Choices())
    assert apart(network, translated(network)) < APART / 10
