"""A SavedModel read as data: every operation in it on the list, its saver taken out. Nothing is loaded."""

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ModelError, UntrustedModelError
from gradcam_core.model import backend
from gradcam_core.model.allowed_operations import OPERATIONS, SAVERS_WORDS, SAVING

PLAIN_OBJECTS = ("", "tf.TrackableConstant", "tf.Asset")
SAVED_MODEL_FILE = "saved_model.pb"
EXPECTED = "a graph of tensor mathematics only"
TODO = (
    "export the network alone, without reading, decoding, looking up or writing; if you know where the "
    "model comes from, say that you trust it (--trust-code)"
)


def read_saved_model(path: Path) -> Any:
    """The SavedModel message of the folder ``path``, unchecked.

    Raises:
        ModelError: it cannot be parsed, or holds no graph.
    """
    backend.tensorflow()
    message = importlib.import_module("tensorflow.core.protobuf.saved_model_pb2").SavedModel()
    try:
        message.ParseFromString((path / SAVED_MODEL_FILE).read_bytes())
    except Exception as error:
        raise ModelError("a readable SavedModel", f"{path.name}: {error}", "export it again") from error
    if not message.meta_graphs:
        raise ModelError("a readable SavedModel", f"{path.name} holds no graph", "export it again")
    return message


def checked_saved_model(path: Path) -> Any:
    """The SavedModel message of ``path`` as it may be loaded: checked, without its saver.

    Raises:
        UntrustedModelError: an operation anywhere in it (graphs, functions, initialisers, signatures of any
            tag) is not on the list, or it brings tables or savers of its own.
        ModelError: it cannot be read.
    """
    message = read_saved_model(path)
    for meta in message.meta_graphs:
        _take_saver_out(meta)
        check_operations(meta.graph_def)
        _check_objects(meta)
        for function in meta.graph_def.library.function:
            _without_side_effects(function)
    return message


def check_operations(definition: Any) -> None:
    """Raise ``UntrustedModelError`` where a graph (GraphDef) holds operations that are not on the list."""
    found = sorted(
        {f"{node.op} in {node.name}" for node in _nodes(definition) if node.op not in OPERATIONS}
    )
    if found:
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        raise UntrustedModelError(EXPECTED, ", ".join(found[:6]) + more, TODO)


def _nodes(definition: Any) -> Iterator[Any]:
    yield from definition.node
    for function in definition.library.function:
        yield from function.node_def


def _check_objects(meta: Any) -> None:
    """No tables (they read files when they are made), no savers or classes registered elsewhere."""
    functions = {function.signature.name for function in meta.graph_def.library.function}
    found = set()
    for item in meta.object_graph_def.nodes:
        kind = item.WhichOneof("kind")
        if kind == "resource":
            found.add(f"a resource of kind {item.resource.device or 'table'}")
        if item.registered_saver or item.registered_name not in PLAIN_OBJECTS:
            found.add(f"an object of the class {item.registered_saver or item.registered_name}")
    found |= {
        f"the saver's function {name} used elsewhere"
        for name in meta.object_graph_def.concrete_functions
        if name not in functions
    }
    if found:
        raise UntrustedModelError(EXPECTED, ", ".join(sorted(found)[:6]), TODO)


def _take_saver_out(meta: Any) -> None:
    """Remove the nodes that save and restore, what follows from them, and their functions.

    Only what leads to the saver's own two ends counts as the saver; its operations anywhere else stay and
    are refused by the list.
    """
    graph = meta.graph_def
    functions = {function.signature.name: function for function in graph.library.function}
    saving = {
        name for name, function in functions.items() if any(node.op in SAVING for node in function.node_def)
    }
    nodes = {node.name: node for node in graph.node}
    ends = {_producer(name) for name in (meta.saver_def.save_tensor_name, meta.saver_def.restore_op_name)}
    of_saver = {
        name
        for name in _reached(ends, lambda name: map(_producer, nodes[name].input) if name in nodes else ())
        if name in nodes and (nodes[name].op in SAVING | SAVERS_WORDS or set(_called(nodes[name])) & saving)
    }
    users: dict[str, list[str]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(_producer(name), []).append(node.name)
    gone = _reached(of_saver, lambda name: users.get(name, ()))
    kept = [node for node in graph.node if node.name not in gone]
    called = {name for name in of_saver for name in _called(nodes[name])}
    still = {name for node in kept for name in _called(node)} | {
        name
        for function in graph.library.function
        if function.signature.name not in called
        for node in function.node_def
        for name in _called(node)
    }
    used = set(meta.object_graph_def.concrete_functions)
    _keep(graph.node, kept)
    _keep(
        graph.library.function,
        [one for name, one in functions.items() if name not in called or name in still or name in used],
    )
    meta.ClearField("saver_def")


def _without_side_effects(function: Any) -> None:
    """Keep of a function's body what its results are computed from: no order, no counters of random layers.

    An export of augmentation layers moves the state of their random numbers at each call.
    """
    nodes = {node.name: node for node in function.node_def}
    for node in function.node_def:
        data = [name for name in node.input if not name.startswith("^")]
        del node.input[:]
        node.input.extend(data)
    results = {_producer(name) for name in function.ret.values()}
    needed = _reached(results, lambda name: map(_producer, nodes[name].input) if name in nodes else ())
    _keep(function.node_def, [node for name, node in nodes.items() if name in needed])
    function.control_ret.clear()
    del function.signature.control_output[:]


def _producer(name: str) -> str:
    """The node that makes the tensor ``name`` ("^node" is an order, "node:1" an output)."""
    return name.lstrip("^").split(":")[0]


def _called(node: Any) -> Iterator[str]:
    """Names of the functions that a node calls."""
    if node.op not in OPERATIONS:
        yield node.op
    for value in node.attr.values():
        if value.WhichOneof("value") == "func":
            yield value.func.name
        yield from (function.name for function in value.list.func)


def _reached(start: Iterable[str], following: Any) -> set[str]:
    seen = set(start)
    todo = list(seen)
    while todo:
        new = [name for name in following(todo.pop()) if name not in seen]
        seen.update(new)
        todo.extend(new)
    return seen


def _keep(field: Any, items: list[Any]) -> None:
    copies = [type(item)() for item in items]
    for copy, item in zip(copies, items, strict=True):
        copy.CopyFrom(item)
    del field[:]
    field.extend(copies)
