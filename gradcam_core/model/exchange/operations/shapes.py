"""The same numbers in another shape or order. The first axis is the batch, of any size."""

from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Operand, Value, as_written, beside

TO_FIRST = {3: (0, 2, 1), 4: (0, 3, 1, 2), 5: (0, 4, 1, 2, 3)}
TO_LAST = {3: (0, 2, 1), 4: (0, 2, 3, 1), 5: (0, 2, 3, 4, 1)}


def _reshaped(step: Step, operands: Sequence[Operand]) -> Value:
    """Any operation that keeps the order of the numbers: Reshape, Squeeze, Unsqueeze."""
    value, shape = step.value(operands), step.shapes[0]
    stored = tuple(value.tensor.shape)
    if value.batch:
        if shape[0] != 1 or prod(stored[1 : value.batch + 1]) != 1:
            raise step.refused("it mixes the pictures of a batch")
        return Value(backend.tensorflow().reshape(value.tensor, (-1, *shape[1:])))
    flat = value.last and prod(stored[1:-1]) == 1
    x = value.tensor if flat else as_written(value)
    return Value(backend.tensorflow().reshape(x, (-1, *shape[1:])))


def _transposed(step: Step, operands: Sequence[Operand]) -> Value:
    """Between the two orders of axes nothing is moved: only what is written changes."""
    value = step.value(operands)
    order = tuple(step.numbers(operands, 1)) or tuple(reversed(range(value.rank)))
    if order == tuple(range(value.rank)):
        return value
    if value.last and order == TO_LAST.get(value.rank):
        return Value(value.tensor)
    if not value.last and order == TO_FIRST.get(value.rank):
        return Value(value.tensor, last=True)
    if value.batch or order[0] != 0:
        return _with_batch_inside(value, order)
    return Value(backend.tensorflow().transpose(as_written(value), order))


def _with_batch_inside(value: Value, order: Sequence[int]) -> Value:
    """The axis of the pictures becomes another one for the file, as where queries, keys and values are
    taken apart; here it stays the first."""
    place = order.index(value.batch)
    kept = [value.axis(axis) for position, axis in enumerate(order) if position != place]
    return Value(backend.tensorflow().transpose(value.tensor, (0, *kept)), batch=place)


def _joined(step: Step, operands: Sequence[Operand]) -> Value:
    tf, axis = backend.tensorflow(), int(step.attributes["axis"])
    values = [one for one in operands if isinstance(one, Value)]
    last = any(value.last for value in values)
    parts, _ = beside(values)
    batch, made = tf.shape(parts[0])[0], iter(parts)
    rank = values[0].rank
    joined = [next(made) if isinstance(one, Value) else _for_each(one, batch, last) for one in operands]
    stored = Value(joined[0] if not isinstance(joined[0], np.ndarray) else parts[0], last).axis(axis % rank)
    return Value(tf.concat(joined, stored), last)


def _for_each(constant: np.ndarray, batch: object, last: bool) -> object:
    """A constant once per picture of the batch."""
    ordered = np.moveaxis(constant, 1, -1) if last else constant
    return backend.tensorflow().tile(ordered, [batch, *(1,) * (ordered.ndim - 1)])


def _split(step: Step, operands: Sequence[Operand]) -> list[Value]:
    value = step.value(operands)
    axis = step.numbers(operands, 1)[0]
    sizes = [shape[axis] for shape in step.shapes]
    parts = backend.tensorflow().split(value.tensor, sizes, value.axis(axis))
    return [replace(value, tensor=part) for part in parts]


def _padded(step: Step, operands: Sequence[Operand]) -> Value:
    value = step.value(operands)
    begin, end = step.numbers(operands, 1), step.numbers(operands, 2)
    mode = str(step.attributes.get("pad_mode", "constant")).lower()
    if mode not in ("constant", "reflect", "symmetric") or min(begin + end) < 0:
        raise step.refused(f"a margin of the kind {mode}")
    fill = float(step.constant(operands, 3).reshape(-1)[0]) if len(operands) > 3 else 0.0
    margins = [(0, 0)] * value.rank
    for axis, pair in enumerate(zip(begin, end, strict=True)):
        margins[value.axis(axis)] = pair
    tf = backend.tensorflow()
    return Value(tf.pad(value.tensor, margins, mode.upper(), np.float32(fill)), value.last)


def _spread(step: Step, operands: Sequence[Operand]) -> Value:
    """Repeated to the wanted shape: Broadcast, Tile."""
    value = step.value(operands)
    tf, x, shape = backend.tensorflow(), as_written(value), step.shapes[0]
    if len(shape) != value.rank:
        raise step.refused("more axes than before")
    times = [wanted // int(own) for wanted, own in zip(shape[1:], x.shape[1:], strict=True)]
    return value if all(time == 1 for time in times) else Value(tf.tile(x, [1, *times]))


def _blocks(name: str) -> Translate:
    def translate(step: Step, operands: Sequence[Operand]) -> Value:
        """A channel's number becomes a place, or the other way round; blocks first, as TensorFlow does."""
        value = step.value(operands)
        if str(step.attributes.get("mode", "blocks_first")) != "blocks_first":
            raise step.refused("channels ordered depth first")
        tf, size = backend.tensorflow(), int(step.attributes["block_size"])
        x = value.tensor if value.last else tf.transpose(value.tensor, (0, 2, 3, 1))
        return Value(getattr(tf.nn, name)(x, size), last=True)

    return translate


OPERATIONS: dict[str, Translate] = {
    **dict.fromkeys(("Reshape", "Squeeze", "Unsqueeze"), _reshaped),
    "Transpose": _transposed,
    "Concat": _joined,
    **dict.fromkeys(("Split", "VariadicSplit"), _split),
    "Pad": _padded,
    **dict.fromkeys(("Broadcast", "Tile"), _spread),
    "DepthToSpace": _blocks("depth_to_space"),
    "SpaceToDepth": _blocks("space_to_depth"),
}
