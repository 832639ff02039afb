"""Augmentation that an export left switched on, taken out of a frozen graph.

``model.export`` of Keras 3 traces layers such as RandomFlip as if they were training, so that the exported
network turns pictures at random while it predicts. An audit explains the network, not the dice.
"""

from collections.abc import Iterator
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.topology import Topology, post_order


def without_augmentation(definition: Any, source: str, result: str) -> tuple[Any, list[str]]:
    """``definition`` (GraphDef) in which layers that draw random numbers pass their input on; their names.

    Such a layer is the smallest scope around a random operation into which one tensor goes that depends on
    the input, and out of which one of the same shape comes.

    Raises:
        ModelError: the result depends on random numbers in another way.
    """
    taken: list[str] = []
    while True:
        graph = _graph(definition)
        last = graph.get_tensor_by_name(result)
        random = next((op for op in post_order(last.op) if "Random" in op.type), None)
        if random is None:
            return definition, taken
        way = Topology(graph.get_tensor_by_name(source), last)
        for scope in _scopes(random.name):
            ends = _ends(way, scope)
            if ends is not None:
                taken.append(scope.split("/")[-1])
                definition = _bridged(definition, *ends)
                break
        else:
            raise ModelError(
                "a network that gives one answer for one picture",
                f"random numbers ({random.name}) that its answer depends on",
                "export it without that layer, or save it as .keras",
            )


def _graph(definition: Any) -> Any:
    tf = backend.tensorflow()
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    return graph


def _scopes(name: str) -> Iterator[str]:
    """The scopes around an operation, from the innermost."""
    parts = name.split("/")[:-1]
    yield from ("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def _ends(way: Topology, scope: str) -> tuple[Any, Any] | None:
    """The tensor that goes into ``scope`` and the one that comes out; None where they are not one each."""
    inside = {op for op in way.path if op.name.startswith(f"{scope}/")}
    into = {
        tensor.name: tensor for op in inside for tensor in way.varying_inputs(op) if tensor.op not in inside
    }
    out = {
        tensor.name: tensor
        for op in way.path
        if op not in inside
        for tensor in op.inputs
        if tensor.op in inside
    }
    if len(into) != 1 or len(out) != 1:
        return None
    (first,), (last,) = into.values(), out.values()
    alike = first.dtype == last.dtype and tuple(first.shape)[1:] == tuple(last.shape)[1:]
    return (first, last) if alike else None


def _bridged(definition: Any, first: Any, last: Any) -> Any:
    """Whoever reads ``last`` reads ``first`` instead."""
    found = type(definition)()
    found.CopyFrom(definition)
    old = {last.name, last.name.removesuffix(":0")}
    for node in found.node:
        for position, name in enumerate(node.input):
            if name in old:
                node.input[position] = first.name
    return found
