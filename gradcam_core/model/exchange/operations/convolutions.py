"""Convolutions and dense layers. Kernels are turned to TensorFlow's order of axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Constant, Operand, Value, as_written, channels_last


def _convolution(step: Step, operands: Sequence[Operand]) -> Value:
    kernel = step.constant(operands, 1)  # (K, C, ...)
    return _convolved(step, step.value(operands), np.moveaxis(kernel, (1, 0), (-2, -1)))


def _in_groups(step: Step, operands: Sequence[Operand]) -> Value:
    kernel = step.constant(operands, 1)  # (groups, K / groups, C / groups, ...)
    joined = kernel.reshape(-1, *kernel.shape[2:])
    return _convolved(step, step.value(operands), np.moveaxis(joined, (1, 0), (-2, -1)))


def _convolved(step: Step, value: Value, kernel: Constant) -> Value:
    """(N, ..., C) with a kernel (..., C / groups, K); one axis of space is a grid one cell high."""
    tf, axes = backend.tensorflow(), kernel.ndim - 2
    if axes not in (1, 2):
        raise step.refused(f"a convolution over {axes} axes")
    strides, dilations = (list(step.attributes[name]) for name in ("strides", "dilations"))
    x, padding = padded(step, channels_last(value), kernel.shape[:-2])
    if axes == 1:
        x, kernel = tf.expand_dims(x, 1), kernel[None]
        strides, dilations = [1, *strides], [1, *dilations]
    found = tf.nn.conv2d(x, kernel, strides, padding, dilations=dilations)
    return Value(tf.squeeze(found, 1) if axes == 1 else found, last=True)


def padded(step: Step, x: Any, window: Sequence[int], fill: float = 0.0) -> tuple[Any, str]:
    """(N, ..., C) with the file's margins around it, and TensorFlow's word for those that are left."""
    begin, end = (list(step.attributes[name]) for name in ("pads_begin", "pads_end"))
    if str(step.attributes.get("auto_pad", "explicit")) == "same_upper":
        return x, "SAME"
    if not any(begin) and not any(end):
        return x, "VALID"
    if begin == end and fill == 0 and _is_same(step, begin, window):
        return x, "SAME"
    margins = [(0, 0), *zip(begin, end, strict=True), (0, 0)]
    return backend.tensorflow().pad(x, margins, constant_values=np.float32(fill)), "VALID"


def _is_same(step: Step, begin: Sequence[int], window: Sequence[int]) -> bool:
    """With steps of one these margins are TensorFlow's own, which need no operation."""
    steps, dilations = step.attributes["strides"], step.attributes.get("dilations", [1] * len(window))
    reach = [(size - 1) * dilation for size, dilation in zip(window, dilations, strict=True)]
    return all(one == 1 for one in steps) and [2 * margin for margin in begin] == reach


def _product(step: Step, operands: Sequence[Operand]) -> Value:
    tf = backend.tensorflow()
    turn = [bool(step.attributes.get(name)) for name in ("transpose_a", "transpose_b")]
    one, other = (
        _turned(x, flag) if isinstance(x, np.ndarray) else as_written(x)
        for x, flag in zip(operands, turn, strict=True)
    )
    left = turn[0] and isinstance(operands[0], Value)
    right = turn[1] and isinstance(operands[1], Value)
    return Value(tf.matmul(one, other, transpose_a=left, transpose_b=right))


def _turned(constant: Constant, turn: bool) -> Constant:
    return np.ascontiguousarray(np.swapaxes(constant, -1, -2)) if turn else constant


OPERATIONS: dict[str, Translate] = {
    "Convolution": _convolution,
    "GroupConvolution": _in_groups,
    "MatMul": _product,
}
