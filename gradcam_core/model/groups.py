"""Grouped convolutions written in operations that have a gradient on every device.

TensorFlow's grouped Conv2D has none on the CPU. One channel per group is a depthwise convolution; otherwise
the groups are convolved one by one and joined. Both are the same sums.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcam_core.model import backend

PART = "/one_group_"  # in the names of convolutions that are only a part of a layer
PASSED = frozenset({"Identity", "Cast"})


def without_groups(definition: Any) -> Any:
    """``definition`` (GraphDef) with every grouped Conv2D of constant kernel replaced; names stay.

    Grouped means that a kernel takes fewer channels than its input has, which the kernel's shape and the
    shape of the input tell.
    """
    tf = backend.tensorflow()
    if not any(node.op == "Conv2D" for node in definition.node):
        return definition
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    nodes = {node.name: node for node in definition.node}
    found = type(definition)()
    found.CopyFrom(definition)
    del found.node[:]
    for node in definition.node:
        groups = _groups(graph, node) if node.op == "Conv2D" else 1
        kernel = _constant(nodes, node.input[1]) if groups > 1 else None
        found.node.extend([node] if kernel is None else _apart(node, kernel, groups))
    return found


def _groups(graph: Any, node: Any) -> int:
    operation = graph.get_operation_by_name(node.name)
    channels, taken = operation.inputs[0].shape[-1], operation.inputs[1].shape[2]
    if node.attr["data_format"].s not in (b"", b"NHWC") or not channels or not taken:
        return 1
    return int(channels) // int(taken)


def _constant(nodes: dict[str, Any], name: str) -> Any:
    """The value behind a tensor's name where it is a constant, else None."""
    node = nodes[name.split(":", maxsplit=1)[0]]
    while node.op in PASSED:
        dtype = node.attr["DstT"].type if node.op == "Cast" else None
        inner = _constant(nodes, node.input[0])
        return inner if inner is None or dtype is None else inner.astype(_numpy(dtype))
    return backend.tensorflow().make_ndarray(node.attr["value"].tensor) if node.op == "Const" else None


def _numpy(dtype: int) -> Any:
    return backend.tensorflow().as_dtype(dtype).as_numpy_dtype


def _apart(node: Any, kernel: Any, groups: int) -> Iterator[Any]:
    """The nodes that take the place of a grouped convolution with a ``kernel`` (h, w, C / G, K)."""
    dtype = node.attr["T"].type
    height, width, taken, made = kernel.shape
    if taken == 1 and len(set(node.attr["strides"].list.i[1:3])) == 1:
        deep = kernel.reshape(height, width, groups, made // groups)
        yield _const(f"{node.name}/depthwise", deep, dtype)
        yield _like(node, node.name, "DepthwiseConv2dNative", [node.input[0], f"{node.name}/depthwise"])
        return
    yield _const(f"{node.name}/axis", np.int32(3))
    split = _new(f"{node.name}/split", "Split", [f"{node.name}/axis", node.input[0]])
    split.attr["num_split"].i, split.attr["T"].type = groups, dtype
    yield split
    parts = []
    for number, part in enumerate(np.split(kernel, groups, axis=3)):
        name = f"{node.name}{PART}{number}"
        yield _const(f"{name}/kernel", part, dtype)
        yield _like(node, name, "Conv2D", [f"{node.name}/split:{number}", f"{name}/kernel"])
        parts.append(name)
    joined = _new(node.name, "ConcatV2", [*parts, f"{node.name}/axis"])
    joined.attr["N"].i, joined.attr["T"].type = groups, dtype
    joined.attr["Tidx"].type = backend.tensorflow().int32.as_datatype_enum
    yield joined


def _new(name: str, operation: str, inputs: list[str]) -> Any:
    node = backend.tensorflow().compat.v1.NodeDef()
    node.name, node.op = name, operation
    node.input.extend(inputs)
    return node


def _const(name: str, value: Any, dtype: int | None = None) -> Any:
    tf = backend.tensorflow()
    proto = tf.make_tensor_proto(value, dtype)
    node = _new(name, "Const", [])
    node.attr["value"].tensor.CopyFrom(proto)
    node.attr["dtype"].type = proto.dtype
    return node


def _like(node: Any, name: str, operation: str, inputs: list[str]) -> Any:
    """A convolution with the strides, padding and dilations of ``node``."""
    made = _new(name, operation, inputs)
    for key in ("T", "strides", "padding", "dilations", "data_format", "explicit_paddings"):
        if key in node.attr:
            made.attr[key].CopyFrom(node.attr[key])
    return made
