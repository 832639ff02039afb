"""The operations one after the other as a graph of TensorFlow that takes any number of pictures."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.exchange.operations import OPERATIONS
from gradcam_core.model.exchange.reading import Network, Port, constants, steps
from gradcam_core.model.exchange.step import Step
from gradcam_core.model.exchange.values import Operand, Value, as_written
from gradcam_core.model.freeze import Frozen
from gradcam_core.model.groups import without_groups

MOVES = frozenset({"Transpose", "Convert"})
PASSING = MOVES | {"FakeQuantize", "Reshape"}  # not a layer of its own
MADE_UP = re.compile(r"^[A-Z][A-Za-z0-9]*_\d+$|^\d+$")  # a name that a reader gave, not the file
SOURCE, RESULT = "picture", "answer"


def translated(network: Network) -> Frozen:
    """``network`` as a frozen graph.

    Raises:
        ModelError: an operation that is not on the list of those that can be translated, by its name.
    """
    tf = backend.tensorflow()
    graph, layer_of = tf.Graph(), dict[str, str]()
    with graph.as_default():
        source = tf.compat.v1.placeholder(tf.float32, (None, *network.shape), name=SOURCE)
        answer = _answer(network, source, layer_of)
        tf.identity(answer, name=RESULT)
    definition = without_groups(graph.as_graph_def())
    return Frozen(definition, f"{SOURCE}:0", f"{RESULT}:0", layer_of, None)


def _answer(network: Network, source: Any, layer_of: dict[str, str]) -> Any:
    known: dict[Port, Operand] = dict(constants(network))
    (entry,) = (op for op in network.ordered() if op.get_type_name() == "Parameter")
    known[entry.get_name(), 0] = Value(source, network.first)
    raw = {(entry.get_name(), 0)} if network.whole else set()  # still the file's own whole numbers
    counted: Counter[str] = Counter()
    for step, reads, makes in steps(network):
        operands = [known[port] for port in reads]
        if reads[0] in raw:
            operands = _in_fractions(step, operands, network.whole)
            raw |= set(makes) if step.kind in MOVES else set()
        made = _one(step, operands)
        known.update(zip(makes, made, strict=False))
        counted[step.kind] += 1
        below = layer_of.get(operands[0].tensor.name) if isinstance(operands[0], Value) else None
        own = below if step.kind in PASSING else None
        layer_of.setdefault(made[0].tensor.name, own or _layer(step, counted[step.kind]))
    found = known[network.answer.get_node().get_name(), network.answer.get_index()]
    if not isinstance(found, Value):
        raise ModelError(
            "a network whose answer depends on the picture", "one that does not", "export it again"
        )
    return found.tensor if found.rank == 4 else as_written(found)


def _in_fractions(step: Step, operands: Sequence[Operand], whole: str) -> list[Operand]:
    """The picture comes as the numbers that the file's whole ones stand for: rounded to them where the file
    says what they stand for, else made whole."""
    if step.kind in MOVES:
        return list(operands)
    if step.kind == "FakeQuantize":
        _, _, _, low, high = operands
        return [operands[0], low, high, low, high]
    value, tf = step.value(operands), backend.tensorflow()
    rounded = tf.cast(tf.cast(tf.round(value.tensor), whole), tf.float32)
    return [Value(rounded, value.last), *operands[1:]]


def _one(step: Step, operands: Sequence[Operand]) -> list[Value]:
    if step.kind not in OPERATIONS:
        raise step.refused("this operation is not translated")
    tf = backend.tensorflow()
    with tf.name_scope(_scope(step.name)):
        try:
            found = OPERATIONS[step.kind](step, operands)
        except (ValueError, TypeError, tf.errors.OpError) as error:
            raise step.refused(str(error).splitlines()[0][:200]) from error
    return found if isinstance(found, list) else [found]


def _scope(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name).strip("_.-") or "unnamed"


def _layer(step: Step, count: int) -> str:
    """The file's name of the operation, or the operation and its number where the file gives none."""
    return f"{step.kind}_{count}" if MADE_UP.match(step.name) else step.name.strip("/")
