"""Each kind of operation in a network of its own: TensorFlow and OpenVINO agree within 0.1 %.

The comparison is the one that every file goes through; that it can fail is tested with it.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.model.exchange.one_operation import CHANNELS, Weights, agrees, around, kernel
from tests.model.exchange.onnx_of_keras import node

WHOLE = np.int64


def whole(*numbers: int) -> np.ndarray:
    return np.array(numbers, WHOLE)


ACTIVATIONS = (
    *(
        "Relu",
        "Sigmoid",
        "Tanh",
        "Exp",
        "Abs",
        "Neg",
        "Floor",
        "Ceil",
        "Erf",
        "Sin",
        "Cos",
        "Sign",
        "Round",
    ),
    *("Softplus", "Softsign", "Elu", "Selu", "LeakyRelu", "HardSigmoid", "HardSwish", "Mish", "Identity"),
)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_activations(kind: str, tmp_path: Path) -> None:
    nodes = [node("Mul", "a tiny", "t"), node(kind, "t", "b")]  # exp of large noise would be infinite
    agrees(around(tmp_path, nodes, {"tiny": np.float32(0.013)}, opset=18))


PIECES: dict[str, tuple[list[Any], Weights]] = {
    "clip to six": ([node("Clip", "a low six", "b")], {"low": np.float32(0), "six": np.float32(6)}),
    "clip": ([node("Clip", "a low high", "b")], {"low": np.float32(-1), "high": np.float32(2)}),
    "slope per channel": ([node("PRelu", "a s", "b")], {"s": kernel(4, CHANNELS, 1, 1)}),
    "elu with alpha": ([node("Elu", "a", "b", alpha=0.3)], {}),
    "gelu written out": (
        [
            node("Div", "a root", "d"),
            node("Erf", "d", "e"),
            node("Add", "e one", "f"),
            node("Mul", "a f", "g"),
            node("Mul", "g half", "b"),
        ],
        {"root": np.float32(np.sqrt(2)), "one": np.float32(1), "half": np.float32(0.5)},
    ),
    "a number before the tensor": ([node("Sub", "one a", "b")], {"one": np.float32(1)}),
    "a vector per channel": ([node("Mul", "a s", "b")], {"s": kernel(4, 1, CHANNELS, 1, 1)}),
    "a number per column": ([node("Mul", "a s", "b")], {"s": kernel(4, 10)}),
    "root of square": (
        [node("Pow", "a two", "p"), node("Sqrt", "p", "b")],
        {"two": np.float32(2)},
    ),
    "logarithm": (
        [node("Softplus", "a", "p"), node("Add", "p one", "q"), node("Log", "q", "b")],
        {"one": np.float32(1)},
    ),
    "largest and smallest": (
        [node("Max", "a s", "p"), node("Min", "p a", "b")],
        {"s": kernel(4, 1, CHANNELS, 1, 1)},
    ),
    "groups": (
        [node("Conv", "a g", "b", group=2, pads=[1, 1, 1, 1])],
        {"g": kernel(4, CHANNELS, CHANNELS // 2, 3, 3)},
    ),
    "steps and gaps": (
        [node("Conv", "a g", "b", dilations=[2, 2], pads=[0, 1, 2, 1])],
        {"g": kernel(4, CHANNELS, CHANNELS, 3, 3)},
    ),
    "same upper": (
        [node("Conv", "a g", "b", strides=[2, 2], auto_pad="SAME_UPPER")],
        {"g": kernel(4, CHANNELS, CHANNELS, 3, 3)},
    ),
    "same lower": (
        [node("Conv", "a g", "b", strides=[2, 2], auto_pad="SAME_LOWER")],
        {"g": kernel(4, CHANNELS, CHANNELS, 3, 3)},
    ),
    "pooling with margins": (
        [node("MaxPool", "a", "b", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])],
        {},
    ),
    "pooling cut off": (
        [node("MaxPool", "a", "b", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)],
        {},
    ),
    "mean without margins": (
        [node("AveragePool", "a", "b", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])],
        {},
    ),
    "mean with margins": (
        [
            node(
                *("AveragePool", "a", "b"),
                kernel_shape=[3, 3],
                strides=[2, 2],
                pads=[1, 1, 1, 1],
                count_include_pad=1,
            )
        ],
        {},
    ),
    "mean cut off": (
        [node("AveragePool", "a", "b", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)],
        {},
    ),
    "squeeze and excite": (
        [
            node("GlobalAveragePool", "a", "s"),
            node("Conv", "s g", "t"),
            node("HardSigmoid", "t", "u", alpha=1 / 6),
            node("Mul", "u a", "b"),
        ],
        {"g": kernel(4, CHANNELS, CHANNELS, 1, 1)},
    ),
    "joined and split": (
        [node("Split", "a", "p q", axis=1), node("Concat", "q p a", "r", axis=1), node("Conv", "r g", "b")],
        {"g": kernel(4, CHANNELS, 2 * CHANNELS, 1, 1)},
    ),
    "channels shuffled": (
        [
            node("Reshape", "a to", "p"),
            node("Transpose", "p", "q", perm=[0, 2, 1, 3, 4]),
            node("Reshape", "q back", "b"),
        ],
        {"to": whole(-1, 2, 3, 12, 10), "back": whole(-1, 6, 12, 10)},
    ),
    "every second place": (
        [node("Slice", "a from to axes step", "b")],
        {"from": whole(0, 1), "to": whole(2**40, 2**40), "axes": whole(2, 3), "step": whole(2, 2)},
    ),
    "turned round": (
        [node("Slice", "a from to axes step", "b")],
        {"from": whole(-1), "to": whole(-(2**40)), "axes": whole(1), "step": whole(-1)},
    ),
    "channels picked": ([node("Gather", "a i", "b", axis=1)], {"i": whole(5, 4, 3, 2, 1, 0)}),
    "margins": ([node("Pad", "a p", "b")], {"p": whole(0, 0, 1, 2, 0, 0, 0, 1)}),
    "mirrored margins": ([node("Pad", "a p", "b", mode="reflect")], {"p": whole(0, 0, 1, 2, 0, 0, 0, 1)}),
    "depth to space": (
        [
            node("Concat", "a a", "p", axis=1),
            node("DepthToSpace", "p", "q", blocksize=2),
            node("Conv", "q g", "b"),
        ],
        {"g": kernel(4, CHANNELS, 3, 1, 1)},
    ),
    "space to depth": (
        [node("SpaceToDepth", "a", "q", blocksize=2), node("Conv", "q g", "b")],
        {"g": kernel(4, CHANNELS, 24, 1, 1)},
    ),
    "nearest": (
        [node("Resize", "a r s", "b", coordinate_transformation_mode="asymmetric")],
        {"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 2], np.float32)},
    ),
    "linear": (
        [node("Resize", "a r s", "b", mode="linear")],
        {"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 2], np.float32)},
    ),
    "linear by corners": (
        [node("Resize", "a r s", "b", mode="linear", coordinate_transformation_mode="align_corners")],
        {"r": np.zeros(0, np.float32), "s": np.array([1, 1, 2, 2], np.float32)},
    ),
    "neighbours": ([node("LRN", "a", "b", size=3, alpha=0.1)], {}),
    "own mean of each picture": (
        [node("InstanceNormalization", "a s o", "b")],
        {"s": kernel(4, CHANNELS), "o": kernel(5, CHANNELS)},
    ),
    "normalised channels last": (
        [
            node("Transpose", "a", "p", perm=[0, 2, 3, 1]),
            node("LayerNormalization", "p s o", "q", axis=-1),
            node("Transpose", "q", "b", perm=[0, 3, 1, 2]),
        ],
        {"s": kernel(4, CHANNELS), "o": kernel(5, CHANNELS)},
    ),
    "length one": ([node("LpNormalization", "a", "b", axis=1, p=2)], {}),
    "shares of channels": ([node("Tanh", "a", "t"), node("Softmax", "t", "b", axis=1)], {}),
    "mean over rows": ([node("ReduceMean", "a", "b", axes=[3], keepdims=1)], {}),
    "mean and back": (
        [node("ReduceMean", "a", "p", axes=[2], keepdims=0), node("Unsqueeze", "p i", "b")],
        {"i": whole(2)},
    ),
    "a dense layer on places": (
        [
            node("Reshape", "a to", "p"),
            node("Transpose", "p", "q", perm=[0, 2, 1]),
            node("MatMul", "q g", "r"),
            node("Transpose", "r", "s", perm=[0, 2, 1]),
            node("Reshape", "s back", "b"),
        ],
        {"to": whole(0, 6, 120), "g": kernel(4, CHANNELS, CHANNELS), "back": whole(0, 6, 12, 10)},
    ),
    "attention": (
        [
            node("Reshape", "a to", "p"),
            node("Transpose", "p", "q", perm=[0, 2, 1]),
            node("MatMul", "q p", "r"),
            node("Tanh", "r", "t"),
            node("Softmax", "t", "u", axis=-1),
            node("MatMul", "u q", "v"),
            node("Transpose", "v", "s", perm=[0, 2, 1]),
            node("Reshape", "s back", "b"),
        ],
        {"to": whole(0, 6, 120), "back": whole(0, 6, 12, 10)},
    ),
    "queries, keys and values": (
        [
            node("Reshape", "a to", "p"),
            node("Transpose", "p", "q", perm=[0, 2, 1]),
            node("MatMul", "q g", "r"),
            node("Reshape", "r apart", "s"),
            node("Transpose", "s", "t", perm=[2, 0, 3, 1, 4]),
            node("Gather", "t zero", "query", axis=0),
            node("Slice", "t one two first", "kept"),
            node("Squeeze", "kept first", "key"),
            node("Gather", "t last", "value", axis=0),
            node("Transpose", "key", "turned", perm=[0, 1, 3, 2]),
            node("MatMul", "query turned", "scores"),
            node("Tanh", "scores", "bounded"),
            node("Softmax", "bounded", "shares", axis=-1),
            node("MatMul", "shares value", "heads"),
            node("Transpose", "heads", "u", perm=[0, 2, 1, 3]),
            node("Reshape", "u together", "v"),
            node("Transpose", "v", "w1", perm=[0, 2, 1]),
            node("Reshape", "w1 back", "b"),
        ],
        {
            "to": whole(0, 6, 120),
            "g": kernel(4, CHANNELS, 3 * CHANNELS),
            "apart": whole(0, 120, 3, 2, 3),
            "zero": np.array(0, WHOLE),
            "one": whole(1),
            "two": whole(2),
            "first": whole(0),
            "last": np.array(2, WHOLE),
            "together": whole(0, 120, 6),
            "back": whole(0, 6, 12, 10),
        },
    ),
    "a token in front": (
        [
            node("Reshape", "a to", "p"),
            node("Shape", "p", "n"),
            node("Gather", "n zero", "n0"),
            node("Concat", "n0 rest", "size", axis=0),
            node("Expand", "token size", "e"),
            node("Concat", "e p", "q", axis=2),
            node("Unsqueeze", "q i", "b"),
        ],
        {
            "to": whole(0, 6, 120),
            "zero": whole(0),
            "rest": whole(6, 1),
            "token": kernel(4, 1, 6, 1),
            "i": whole(3),
        },
    ),
    "rounded and back": (
        [node("QuantizeLinear", "a s z", "q"), node("DequantizeLinear", "q s z", "b")],
        {"s": np.float32(0.5), "z": np.uint8(100)},
    ),
}


@pytest.mark.parametrize("name", PIECES)
def test_pieces(name: str, tmp_path: Path) -> None:
    nodes, weights = PIECES[name]
    frozen = agrees(around(tmp_path, nodes, weights, opset=17))
    assert frozen.batch is None
