"""Windows and reductions: the largest, the mean, the sum over places or channels."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.operations.convolutions import padded
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Constant, Operand, Value, as_written, channels_last

LOWEST = float(np.finfo(np.float32).min)


def _with_space(step: Step, x: Any, fill: float) -> tuple[Any, str, Constant]:
    """The padded input, the padding that is left to TensorFlow, and (h, w) 1 inside, 0 in the margin.

    A window that is cut off at the end is filled up.
    """
    tf, window = backend.tensorflow(), list(step.attributes["kernel"])
    if str(step.attributes.get("auto_pad", "explicit")) == "same_upper":
        return x, "SAME", np.ones(0)
    begin, end, steps = (list(step.attributes[name]) for name in ("pads_begin", "pads_end", "strides"))
    inside = np.pad(np.ones(tuple(x.shape)[1:-1], np.float32), list(zip(begin, end, strict=True)))
    made = step.shapes[0][2:]
    beyond = [
        max(0, (count - 1) * stride + size - length)
        for count, stride, size, length in zip(made, steps, window, inside.shape, strict=True)
    ]
    x, _ = padded(step, x, (0,) * len(window), fill)
    if any(beyond):
        x = tf.pad(x, [(0, 0), *((0, more) for more in beyond), (0, 0)], constant_values=np.float32(fill))
    counted = np.pad(inside, [(0, more) for more in beyond])
    return x, "VALID", counted


def _largest(step: Step, operands: Sequence[Operand]) -> Value:
    value = step.value(operands)
    if any(one != 1 for one in step.attributes.get("dilations", [])):
        raise step.refused("a pooling with gaps")
    x, padding, _ = _with_space(step, channels_last(value), LOWEST)
    tf = backend.tensorflow()
    return Value(
        tf.nn.max_pool(x, list(step.attributes["kernel"]), step.attributes["strides"], padding), True
    )


def _mean(step: Step, operands: Sequence[Operand]) -> Value:
    value = step.value(operands)
    tf, window = backend.tensorflow(), list(step.attributes["kernel"])
    steps = list(step.attributes["strides"])
    x, padding, inside = _with_space(step, channels_last(value), 0.0)
    found = tf.nn.avg_pool(x, window, steps, padding)
    if padding == "SAME" or (inside.all() and inside.size):
        return Value(found, last=True)
    counted = inside if _leaves_margins_out(step) else _margins_count(step, inside)
    share = _window_mean(counted, window, steps)
    return Value(found / share[..., None], last=True)


def _leaves_margins_out(step: Step) -> bool:
    return bool(step.attributes.get("exclude-pad", step.attributes.get("exclude_pad", True)))


def _margins_count(step: Step, inside: Constant) -> Constant:
    """The file's own margins count as zeros; what lies beyond them does not."""
    begin, end = (list(step.attributes[name]) for name in ("pads_begin", "pads_end"))
    rows = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    counted = np.zeros_like(inside)
    spans = [
        slice(found[0] - first, found[-1] + 1 + last)
        for found, first, last in zip(rows, begin, end, strict=True)
    ]
    counted[tuple(spans)] = 1
    return counted


def _window_mean(counted: Constant, window: Sequence[int], steps: Sequence[int]) -> Constant:
    """(h, w) the share of each window that counts."""
    windows = np.lib.stride_tricks.sliding_window_view(counted, tuple(window))
    strided = windows[tuple(slice(None, None, step) for step in steps)]
    return strided.mean(axis=tuple(range(counted.ndim, 2 * counted.ndim)), dtype=np.float32)


def _reduced(name: str) -> Translate:
    def translate(step: Step, operands: Sequence[Operand]) -> Value:
        value = step.value(operands)
        axes = sorted(axis % value.rank for axis in step.numbers(operands, 1))
        if 0 in axes:
            raise step.refused("it mixes the pictures of a batch")
        keep = bool(step.attributes.get("keep_dims", step.attributes.get("keepdims", False)))
        left = value.rank - len(axes)
        if value.last and not keep and left > 2 and 1 not in axes:
            value = Value(as_written(value))
        stored = sorted(value.axis(axis) for axis in axes)
        return Value(_reduce(name, value.tensor, stored, keep), value.last and keep)

    return translate


def _reduce(name: str, x: Any, axes: list[int], keep: bool) -> Any:
    tf = backend.tensorflow()
    if name == "l2":
        return tf.sqrt(tf.reduce_sum(tf.square(x), axes, keepdims=keep))
    return getattr(tf, name)(x, axes, keepdims=keep)


OPERATIONS: dict[str, Translate] = {
    "MaxPool": _largest,
    "AvgPool": _mean,
    "ReduceMean": _reduced("reduce_mean"),
    "ReduceMax": _reduced("reduce_max"),
    "ReduceMin": _reduced("reduce_min"),
    "ReduceSum": _reduced("reduce_sum"),
    "ReduceProd": _reduced("reduce_prod"),
    "ReduceL2": _reduced("l2"),
}
