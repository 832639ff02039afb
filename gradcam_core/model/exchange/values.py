"""Tensors with the order of their axes: channels first as files have them, last as stored here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.model import backend

Constant = NDArray[Any]


@dataclass(frozen=True)
class Value:
    """A tensor that depends on the picture.

    ``last``: the file's (N, C, ...) is (N, ..., C) here; ``batch``: the file's axis of the pictures, which
    is stored first. Where that is not 0, ``last`` is false.
    """

    tensor: Any
    last: bool = False
    batch: int = 0

    @property
    def rank(self) -> int:
        return int(self.tensor.shape.rank)

    def axis(self, number: int) -> int:
        """Where the file's axis ``number`` is stored."""
        number %= self.rank
        if self.batch:
            return 0 if number == self.batch else number + (number < self.batch)
        if not self.last or number == 0:
            return number
        return self.rank - 1 if number == 1 else number - 1


Operand = Value | Constant


def as_written(value: Value) -> Any:
    """The tensor with its axes in the file's order."""
    if value.batch:
        order = [value.axis(number) for number in range(value.rank)]
        return backend.tensorflow().transpose(value.tensor, order)
    if not value.last:
        return value.tensor
    shape = tuple(value.tensor.shape)
    if prod(shape[1:-1]) == 1:
        return backend.tensorflow().reshape(value.tensor, (-1, shape[-1], *shape[1:-1]))
    return backend.tensorflow().transpose(value.tensor, (0, value.rank - 1, *range(1, value.rank - 1)))


def channels_last(value: Value) -> Any:
    """The tensor with its channels, axis 1 of the file, as the last axis."""
    if value.last:
        return value.tensor
    shape = tuple(value.tensor.shape)
    if prod(shape[2:]) == 1:
        return backend.tensorflow().reshape(value.tensor, (-1, *shape[2:], shape[1]))
    return backend.tensorflow().transpose(value.tensor, (0, *range(2, value.rank), 1))


def beside(operands: Sequence[Operand]) -> tuple[list[Any], bool]:
    """The operands of an operation on each number by itself, in one order of axes; whether that is
    channels last."""
    values = [one for one in operands if isinstance(one, Value)]
    rank = max(np.ndim(one) if isinstance(one, np.ndarray) else one.rank for one in operands)
    last = any(value.last and value.rank == rank for value in values)
    return [_beside(one, rank, last) for one in operands], last


def _beside(operand: Operand, rank: int, last: bool) -> Any:
    if isinstance(operand, np.ndarray):
        return _constant(operand, rank, last)
    if not last:
        return as_written(operand)
    if operand.rank == rank:
        return channels_last(operand)
    missing = (1,) * (rank - operand.rank)
    written = as_written(operand)
    return channels_last(Value(backend.tensorflow().reshape(written, (*missing, *written.shape))))


def _constant(constant: Constant, rank: int, last: bool) -> Constant:
    """Without leading axes of 1: a vector per channel, or a number, where that says the same."""
    shaped = constant.reshape((1,) * (rank - constant.ndim) + constant.shape)
    shaped = np.moveaxis(shaped, 1, -1) if last else shaped
    while shaped.ndim and shaped.shape[0] == 1:
        shaped = shaped.reshape(shaped.shape[1:])
    return shaped


def vector(constant: Operand) -> Constant:
    """(C,) a constant that has one number per channel."""
    return np.asarray(constant).reshape(-1)
