"""A SavedModel of TensorFlow 1 -> its serving signature, with the weights of its checkpoint as constants.

It has no objects, only one graph; nothing of its saver or its initialisers is run.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend

VARIABLES = frozenset({"Variable", "VariableV2"})
HANDLE, READ = "VarHandleOp", "ReadVariableOp"
Inputs = list[tuple[str, tuple[int | None, ...], str]]


def is_v1(message: Any) -> bool:
    """Whether a SavedModel message describes no objects."""
    return not message.meta_graphs[0].object_graph_def.nodes


def load_v1(
    message: Any, weights: Path, signature: Any
) -> tuple[Callable[[Any], list[Any]], Inputs, list[str]]:
    """``signature`` of the first graph in ``message`` as a function, its inputs and its outputs' names.

    Args:
        message: SavedModel; ``signature`` is a SignatureDef of it.
        weights: prefix of the checkpoint, ``variables/variables``.

    Raises:
        ModelError: the checkpoint lacks a weight.
    """
    tf = backend.tensorflow()
    inputs, outputs = dict(signature.inputs), dict(signature.outputs)
    order = sorted(outputs)
    fetches = [outputs[name].name for name in order]
    operations = [name.split(":")[0] for name in fetches]
    graph = tf.compat.v1.graph_util.extract_sub_graph(message.meta_graphs[0].graph_def, operations)
    _fill_in(graph, weights)
    wrapped = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph, name=""), [])
    known = {node.name for node in graph.node}
    used = {name: value for name, value in inputs.items() if value.name.split(":")[0] in known}
    tensors = {name: wrapped.graph.get_tensor_by_name(value.name) for name, value in used.items()}
    function = wrapped.prune(
        list(tensors.values()), [wrapped.graph.get_tensor_by_name(name) for name in fetches]
    )
    shapes = [
        (name, (None,) if tensor.shape.rank is None else tuple(tensor.shape), tensor.dtype.name)
        for name, tensor in tensors.items()
    ]
    return lambda x: list(function(x)), shapes, order


def _fill_in(graph: Any, weights: Path) -> None:
    """Put constants in the place of variables, in ``graph`` (GraphDef) itself."""
    tf = backend.tensorflow()
    held = {
        node.name: node.attr["shared_name"].s.decode() or node.name
        for node in graph.node
        if node.op in VARIABLES | {HANDLE}
    }
    reader = tf.train.load_checkpoint(str(weights)) if held else None
    for node in graph.node:
        if node.op in VARIABLES:
            _become(node, reader, [node.name])
        elif node.op == READ and node.input[0] in held:
            _become(node, reader, [held[node.input[0]], node.input[0]])
    kept = [node for node in graph.node if node.op != HANDLE]
    copies = [type(node).FromString(node.SerializeToString()) for node in kept]
    del graph.node[:]
    graph.node.extend(copies)


def _become(node: Any, reader: Any, names: list[str]) -> None:
    """``node`` becomes the constant that the checkpoint holds under one of the ``names``."""
    tf = backend.tensorflow()
    found = [name for name in names if reader.has_tensor(name)]
    if not found:
        raise ModelError("a SavedModel with all of its weights", f"none for {names[0]}", "export it again")
    value = tf.make_tensor_proto(reader.get_tensor(found[0]))
    node.op = "Const"
    del node.input[:]
    node.attr.clear()
    node.attr["value"].tensor.CopyFrom(value)
    node.attr["dtype"].type = value.dtype
