"""Parts, shapes, sizes, normalisation and attention: nodes that make b of a, and their weights."""

from typing import Any

import numpy as np

from tests.model.exchange.one_operation import CHANNELS, Weights, kernel
from tests.model.exchange.onnx_of_keras import node

WHOLE = np.int64


def whole(*numbers: int) -> np.ndarray:
    return np.array(numbers, WHOLE)


OF_SHAPES: dict[str, tuple[list[Any], Weights]] = {
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
