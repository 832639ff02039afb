"""OpenVINO reads the file: one input, one answer, sizes fixed for one picture, constants computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.step import Step
from gradcam_core.model.exchange.values import Constant
from gradcam_core.model.freeze import check_input

Port = tuple[str, int]  # OpenVINO's own name of an operation, and which of its outputs
ROUNDING = ("FakeQuantize", "Convert")
COLOURS = (1, 3)
EXACT = {"INFERENCE_PRECISION_HINT": "f32"}


@dataclass(frozen=True)
class Network:
    """Attributes:
    model: OpenVINO's, for one picture.
    shape: of the input without the batch, channels last.
    first: the file has the channels first.
    whole: the kind of whole numbers that the input is, "" for fractions.
    answer: what the network says, in fractions; of a quantised one before it is made whole again.
    """

    model: Any = field(repr=False)
    shape: tuple[int, ...]
    first: bool
    whole: str
    answer: Any

    def ordered(self) -> list[Any]:
        """Operations from the input to the answer, inputs before users."""
        needed, todo = {self.answer.get_node().get_name()}, [self.answer.get_node()]
        while todo:
            for below in (value.get_node() for value in todo.pop().input_values()):
                if below.get_name() not in needed:
                    needed.add(below.get_name())
                    todo.append(below)
        return [op for op in self.model.get_ordered_ops() if op.get_name() in needed]

    def quantised_by(self) -> tuple[float, float, float, float] | None:
        """Lowest and highest whole number of the input, and what they stand for; None where none says."""
        above = self.model.get_parameters()[0]
        while above.get_type_name() in ("Parameter", "Transpose", "Convert"):
            (above,) = (port.get_node() for port in list(above.output(0).get_target_inputs())[:1])
        if above.get_type_name() != "FakeQuantize":
            return None
        low, high, to_low, to_high = (
            float(above.input_value(place).get_node().data.reshape(-1)[0]) for place in range(1, 5)
        )
        return low, high, to_low, to_high


def read(path: Path, choices: Choices) -> Network:
    """The network of the checked file at ``path``.

    Raises:
        ModelError: OpenVINO cannot read it, several inputs or outputs, open sizes, or no pictures.
    """
    openvino = backend.openvino()
    if openvino is None:
        raise ModelError("OpenVINO, which reads ONNX and TensorFlow Lite", "none", "pip install openvino")
    try:
        model = openvino.Core().read_model(path)
    except RuntimeError as error:
        raise ModelError(
            "a network whose operations OpenVINO knows",
            f"in {path.name}: {reason(error)}",
            "export it again",
        ) from error
    (source,) = _one_input(model)
    written = tuple(None if axis.is_dynamic else axis.get_length() for axis in source.partial_shape)
    first = _channels_first(written)
    shape = choices.sized(_last(written) if first else written)
    check_input(shape)
    result = _chosen(model, choices)
    _fix(model, _first(shape) if first else shape)
    return Network(model, tuple(int(axis or 0) for axis in shape[1:]), first, _whole(source), result)


def _one_input(model: Any) -> list[Any]:
    if len(model.inputs) != 1:
        names = ", ".join(_name(one) for one in model.inputs[:6])
        raise ModelError(
            "a model with one input",
            f"{len(model.inputs)} inputs ({names})",
            "export a model with a single input, the picture",
        )
    return list(model.inputs)


def _name(port: Any) -> str:
    return min(port.get_names(), default=port.get_node().get_friendly_name())


def _channels_first(shape: tuple[int | None, ...]) -> bool:
    return len(shape) == 4 and shape[1] in COLOURS and shape[3] not in COLOURS


def _last(shape: tuple[Any, ...]) -> tuple[Any, ...]:
    return (shape[0], *shape[2:], shape[1])


def _first(shape: tuple[Any, ...]) -> tuple[Any, ...]:
    return (shape[0], shape[-1], *shape[1:-1])


def _whole(source: Any) -> str:
    kind = source.get_element_type().to_dtype()
    return "" if np.issubdtype(kind, np.floating) else np.dtype(kind).name


def _chosen(model: Any, choices: Choices) -> Any:
    """The answer that is explained; outputs of 64-bit whole numbers are class indices and no answers."""
    offered = [one for one in model.outputs if one.get_element_type().get_type_name() not in ("i64", "i32")]
    port = offered[choices.position([_name(one) for one in offered])]
    port = port.get_node().input_value(0)
    while port.get_node().get_type_name() in ROUNDING:
        port = port.get_node().input_value(0)
    return port


def _fix(model: Any, shape: tuple[Any, ...]) -> None:
    """One picture of this size; what follows from sizes alone becomes constant."""
    passes = backend.openvino_passes()
    try:
        model.reshape({model.input(0): [1, *shape[1:]]})
        manager = passes.Manager()
        manager.register_pass(passes.ConstantFolding())
        manager.run_passes(model)
    except RuntimeError as error:
        raise ModelError(
            f"a network that takes one picture of shape {shape[1:]}",
            reason(error),
            "export it with an open batch, or with a batch of one",
        ) from error


def reason(error: Exception) -> str:
    """The lines of OpenVINO's message that say something, without the places in its code."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [
        line for line in lines if line and ".cpp:" not in line and not line.startswith("Exception from")
    ]
    return " ".join(told)[:400] or type(error).__name__


def steps(network: Network) -> Iterator[tuple[Step, list[Port], list[Port]]]:
    """Each operation that depends on the picture, with the ports that it reads and makes."""
    depends = _depending(network)
    for op in network.ordered():
        if op.get_name() in depends and op.get_type_name() not in ("Parameter", "Result"):
            shapes = tuple(tuple(port.get_shape()) for port in op.outputs())
            step = Step(op.get_type_name(), op.get_friendly_name(), op.get_attributes(), shapes)
            reads = [_port(value) for value in op.input_values()]
            yield step, reads, [(op.get_name(), number) for number in range(len(shapes))]


def _port(value: Any) -> Port:
    return value.get_node().get_name(), value.get_index()


def _depending(network: Network) -> set[str]:
    found: set[str] = set()
    for op in network.ordered():
        below = (value.get_node().get_name() for value in op.input_values())
        if op.get_type_name() == "Parameter" or any(name in found for name in below):
            found.add(op.get_name())
    return found


def constants(network: Network) -> Mapping[Port, Constant]:
    """What the operations read that does not depend on the picture: weights, axes, sizes."""
    depends = _depending(network)
    asked: dict[Port, Any] = {
        _port(value): value
        for op in network.ordered()
        if op.get_name() in depends
        for value in op.input_values()
        if value.get_node().get_name() not in depends
    }
    found = {port: _stored(value) for port, value in asked.items() if _is_stored(value)}
    left = {port: value for port, value in asked.items() if port not in found}
    if left:
        openvino = backend.openvino()
        part = openvino.Model(list(left.values()), [])
        answers = openvino.Core().compile_model(part, "CPU", EXACT)([])
        found |= {port: np.array(answers[place]) for place, port in enumerate(left)}
    return {port: _in_32_bits(value) for port, value in found.items()}


def _is_stored(value: Any) -> bool:
    return bool(value.get_node().get_type_name() == "Constant")


def _stored(value: Any) -> Constant:
    return np.array(value.get_node().data)


def _in_32_bits(value: Constant) -> Constant:
    return value.astype(np.float32) if value.dtype.kind == "f" else value
