"""One operation of a file, as OpenVINO reads it: plain data, whatever format it came from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcam_core.base.errors import ModelError
from gradcam_core.model.exchange.values import Constant, Operand, Value


@dataclass(frozen=True)
class Step:
    """Attributes:
    kind, name: OpenVINO's name of the operation, and the file's name for it.
    attributes: its settings.
    shapes: of its outputs, in the file's order of axes, for one picture.
    """

    kind: str
    name: str
    attributes: Mapping[str, Any]
    shapes: tuple[tuple[int, ...], ...] = ()

    def value(self, operands: Sequence[Operand]) -> Value:
        """The first operand, which is computed from the picture.

        Raises:
            ModelError: it is a constant.
        """
        if not isinstance(operands[0], Value):
            raise self.refused("its first input is a constant")
        return operands[0]

    def constant(self, operands: Sequence[Operand], position: int) -> Constant:
        """The operand at ``position``.

        Raises:
            ModelError: it is computed from the picture, which no network that is explained here does.
        """
        found = operands[position]
        if isinstance(found, Value):
            raise self.refused(f"its input {position} is computed from the picture")
        return found

    def numbers(self, operands: Sequence[Operand], position: int) -> list[int]:
        """The whole numbers of a constant operand: axes, sizes, indices."""
        return [int(one) for one in np.asarray(self.constant(operands, position)).reshape(-1)]

    def refused(self, why: str) -> ModelError:
        """The error that says which operation cannot be translated, and why."""
        return ModelError(
            "a network of operations that can be translated",
            f"{self.kind} in {self.name[:120]!r}: {why}",
            "give the model it was exported from, as .keras, .h5 or SavedModel",
        )


Translate = Callable[[Step, Sequence[Operand]], "Value | list[Value]"]
