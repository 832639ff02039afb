"""Which constants of a translated graph are weights: those that are added or multiplied behind a kernel."""

from typing import Any

from gradcam_core.model import backend

KERNELS = frozenset({"Conv2D", "DepthwiseConv2dNative", "MatMul", "BatchMatMulV2"})
USERS = frozenset({"AddV2", "Add", "Sub", "Mul", "BiasAdd", "FusedBatchNormV3", "FusedBatchNorm"})
READ = "/ReadVariableOp"  # as TensorFlow names the reading of a weight


def with_named_weights(definition: Any) -> Any:
    """``definition`` (GraphDef) in which vectors that were trained are read under the name of a weight.

    So that weights can be drawn anew; constants in front of the first kernel are the picture's range.
    """
    found = type(definition)()
    found.CopyFrom(definition)
    del found.node[:]
    vectors = {node.name for node in definition.node if _is_vector(node)}
    behind: set[str] = set()
    for node in definition.node:  # inputs stand before their users
        names = [name.split(":")[0] for name in node.input]
        if node.op in KERNELS or behind.intersection(names):
            behind.add(node.name)
        trained = vectors.intersection(names) if node.op in USERS and behind.intersection(names) else set()
        found.node.extend([*(_reader(name) for name in sorted(trained)), node])
        for position, name in enumerate(names):
            if name in trained:
                found.node[-1].input[position] = name + READ
    return found


def _reader(name: str) -> Any:
    tf = backend.tensorflow()
    node = tf.compat.v1.NodeDef()
    node.name, node.op = name + READ, "Identity"
    node.input.append(name)
    node.attr["T"].type = tf.float32.as_datatype_enum
    return node


def _is_vector(node: Any) -> bool:
    if node.op != "Const":  # to ask for an attribute is to add it
        return False
    tensor = node.attr["value"].tensor
    fractions = tensor.dtype == backend.tensorflow().float32.as_datatype_enum
    return fractions and any(axis.size > 1 for axis in tensor.tensor_shape.dim)
