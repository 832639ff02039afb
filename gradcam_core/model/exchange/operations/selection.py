"""Parts of a tensor, and pictures at another size."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Operand, Value, as_written, channels_last


def _sliced(step: Step, operands: Sequence[Operand]) -> Value:
    """Slice: begin, end and step of some axes."""
    value = step.value(operands)
    begin, end, steps = (step.numbers(operands, place) for place in (1, 2, 3))
    axes = step.numbers(operands, 4) if len(operands) > 4 else list(range(len(begin)))
    parts = dict(
        zip((axis % value.rank for axis in axes), zip(begin, end, steps, strict=True), strict=True)
    )
    return replace(value, tensor=_cut(step, value, parts))


def _strided(step: Step, operands: Sequence[Operand]) -> Value:
    """StridedSlice: the same with masks; an axis that is indexed or new is a change of shape."""
    value = step.value(operands)
    begin, end = step.numbers(operands, 1), step.numbers(operands, 2)
    steps = step.numbers(operands, 3) if len(operands) > 3 else [1] * len(begin)
    masks = {name: list(step.attributes.get(name) or []) for name in ("begin_mask", "end_mask")}
    if any(any(step.attributes.get(name) or []) for name in ("new_axis_mask", "ellipsis_mask")):
        raise step.refused("a slice with new axes")
    shrunk = list(step.attributes.get("shrink_axis_mask") or [])
    parts: dict[int, tuple[int | None, int | None, int]] = {}
    for axis, (first, last, stride) in enumerate(zip(begin, end, steps, strict=True)):
        indexed = axis < len(shrunk) and shrunk[axis]
        parts[axis] = (
            None if _is_set(masks["begin_mask"], axis) and not indexed else first,
            (first + 1 or None) if indexed else None if _is_set(masks["end_mask"], axis) else last,
            1 if indexed else stride,
        )
    found = replace(value, tensor=_cut(step, value, parts))
    if not any(shrunk):
        return found
    if found.batch:
        return _without_axes(step, found, [axis for axis, gone in enumerate(shrunk) if gone])
    return Value(backend.tensorflow().reshape(as_written(found), (-1, *step.shapes[0][1:])))


def _is_set(mask: Sequence[int], axis: int) -> bool:
    return axis < len(mask) and bool(mask[axis])


def _cut(step: Step, value: Value, parts: dict[int, Any]) -> Any:
    places: list[slice] = [slice(None)] * value.rank
    for axis, (first, last, stride) in parts.items():
        if axis != value.batch:
            places[value.axis(axis)] = slice(first, _end(last, stride), stride)
        elif first not in (None, 0) or stride != 1:
            raise step.refused("it takes pictures out of the batch")
    return value.tensor[tuple(places)]


def _end(last: int | None, stride: int) -> int | None:
    """Files write "to the very end" as a number beyond all sizes."""
    far = 2**30
    return None if last is None or last > far or (stride < 0 and last < -far) else last


def _gathered(step: Step, operands: Sequence[Operand]) -> Value:
    value, tf = step.value(operands), backend.tensorflow()
    indices, axis = step.constant(operands, 1), step.numbers(operands, 2)[0] % value.rank
    if axis == value.batch:
        raise step.refused("it takes pictures out of the batch")
    if indices.ndim == 1:
        return replace(value, tensor=tf.gather(value.tensor, indices, axis=value.axis(axis)))
    if indices.ndim == 0 and value.batch:
        one = replace(value, tensor=tf.gather(value.tensor, indices[None], axis=value.axis(axis)))
        return _without_axes(step, one, [axis])
    return Value(tf.gather(as_written(value), indices, axis=axis))


def _without_axes(step: Step, value: Value, gone: Sequence[int]) -> Value:
    """Axes of one place are left out of the file's order; the pictures stay first here."""
    batch = value.batch - sum(axis < value.batch for axis in gone)
    shape = [size for axis, size in enumerate(step.shapes[0]) if axis != batch]
    return Value(backend.tensorflow().reshape(value.tensor, (-1, *shape)), batch=batch)


def _resized(step: Step, operands: Sequence[Operand]) -> Value:
    value = step.value(operands)
    if value.rank != 4:
        raise step.refused(f"{value.rank} axes")
    x, (height, width) = channels_last(value), step.shapes[0][2:]
    placed = str(step.attributes.get("coordinate_transformation_mode", "half_pixel")).lower()
    corners, centres = placed == "align_corners", "half_pixel" in placed
    mode, raw = str(step.attributes.get("mode", "nearest")).lower(), backend.tensorflow().raw_ops
    if "linear" in mode:
        resize = raw.ResizeBilinear
    elif mode == "nearest":
        resize = raw.ResizeNearestNeighbor
    else:
        raise step.refused(f"resized by the way {mode}")
    found = resize(images=x, size=[height, width], align_corners=corners, half_pixel_centers=centres)
    return Value(found, last=True)


OPERATIONS: dict[str, Translate] = {
    "Slice": _sliced,
    "StridedSlice": _strided,
    "Gather": _gathered,
    "Interpolate": _resized,
}
