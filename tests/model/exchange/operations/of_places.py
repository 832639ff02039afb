"""Convolutions, poolings and operations on each number by itself: nodes that make b of a, and weights."""

from typing import Any

import numpy as np

from tests.model.exchange.one_operation import CHANNELS, Weights, kernel
from tests.model.exchange.onnx_of_keras import node

OF_PLACES: dict[str, tuple[list[Any], Weights]] = {
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
}
