"""What can be chosen about a model file before its graph is made: trust, output, size."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradcam_core.base.errors import ModelError, OpenSizeError

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Choices:
    """Attributes:
    trust_code: load the file although it holds code.
    output: name of the output that is explained, where a model has several.
    size: (height, width) of the input, where the model leaves them open.
    """

    trust_code: bool = False
    output: str | None = None
    size: tuple[int, int] | None = None

    def position(self, outputs: Sequence[str]) -> int:
        """Which of the ``outputs`` is explained.

        Raises:
            ModelError: there are several and none was chosen, or there is none of that name.
        """
        if self.output in outputs:
            return list(outputs).index(str(self.output))
        if len(outputs) == 1 and self.output is None:
            return 0
        raise ModelError(
            "a model with one output, or the name of the one to explain",
            f"{len(outputs)} output{'s' if len(outputs) != 1 else ''} ({', '.join(outputs[:12])})"
            + (f" and none called {self.output!r}" if self.output else ""),
            f"choose one, for example --output={outputs[0]}" if outputs else "",
        )

    def sized(self, shape: Shape) -> Shape:
        """The input ``shape`` (batch first) with an open height and width filled in.

        Raises:
            OpenSizeError: they are open and no size was chosen.
            ModelError: the model is fixed to another one.
        """
        if len(shape) != 4:
            return shape
        if self.size is None:
            if None in shape[1:3]:
                raise OpenSizeError(
                    "a size of the network's input",
                    f"an input of shape {tuple('any' if axis is None else axis for axis in shape)}: "
                    "height or width is open",
                    "give the size that the network was trained on, for example --input-size=224x224",
                )
            return shape
        pairs = zip(shape[1:3], self.size, strict=True)
        if any(own is not None and own != wanted for own, wanted in pairs):
            raise ModelError(
                f"the model's own input size {shape[1]}x{shape[2]}",
                f"the size {self.size[0]}x{self.size[1]}",
                "leave --input-size out",
            )
        return (shape[0], *self.size, shape[3])
