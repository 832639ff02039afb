"""An ONNX network around what a test is about: convolution, these operations, mean of all places, dense."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.opening import frozen_exchange
from gradcam_core.model.freeze import Frozen
from tests.model.exchange.onnx_of_keras import node, save

CHANNELS, SIZE = 6, (12, 10)
Weights = dict[str, np.ndarray]


def kernel(seed: int, *shape: int) -> np.ndarray:
    """Float32 weights of a normal distribution."""
    return (0.4 * np.random.default_rng(seed).normal(size=shape)).astype(np.float32)


def around(
    folder: Path, nodes: Sequence[Any], weights: Weights | None = None, made: int = CHANNELS, **more: Any
) -> Path:
    """``nodes`` read ``a`` (N, 6, 12, 10) and make ``b``, of ``made`` channels, channels first."""
    own = {"k": kernel(1, CHANNELS, 3, 3, 3), "w": kernel(2, made, 3), "c": kernel(3, 3)}
    steps = [
        node("Conv", "x k", "a", pads=[1, 1, 1, 1]),
        *nodes,
        node("GlobalAveragePool", "b", "m"),
        node("Flatten", "m", "r"),
        node("Gemm", "r w c", "y"),
    ]
    return save(
        folder / "model.onnx", steps, own | (weights or {}), ("n", 3, *SIZE), {"y": ("n", 3)}, **more
    )


def agrees(path: Path) -> Frozen:
    """The graph, which was compared with OpenVINO's own answers before it came back."""
    return frozen_exchange(path, Choices())
