"""The same graph with weights that have learned nothing: the null of every claim about a map.

Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018: independent randomisation of all layers.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.model import backend
from gradcam_core.model.freeze import Frozen

Users = dict[str, list[tuple[Any, int]]]

KERNEL_USERS = frozenset({"Conv2D", "DepthwiseConv2dNative", "Conv2DBackpropInput", "MatMul", "Einsum"})
PASSED_ON = frozenset({"Identity", "Cast", "Reshape", "ExpandDims", "Squeeze", "Transpose", "Neg"})
NORMALISATION = frozenset({"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"})
BEFORE_RECTIFIER = NORMALISATION | {"BiasAdd", "AddV2", "Add", "Mul", "Identity", "IdentityN"}
SCALE_OR_VARIANCE = (1, 4)  # inputs of a fused normalisation: x, scale, offset, mean, variance
FROM_VARIABLE = "ReadVariableOp"


def randomised(frozen: Frozen, seed: int) -> Frozen:
    """``frozen`` with freshly initialised weights; equal seeds give equal weights.

    Kernels are drawn from a normal distribution of variance 2 / fan-in (He et al., ICCV 2015), or
    1 / fan-in where no rectifier follows; biases, means and offsets become 0, scales and variances 1.
    Constants that are not weights (a rescaling of the input, axes, epsilons) stay.
    """
    definition = type(frozen.definition)()
    definition.CopyFrom(frozen.definition)
    users = _users(definition)
    rng = np.random.default_rng(seed)
    for node in definition.node:
        if node.op == "Const":
            _replace(node, users, rng)
    return replace(frozen, definition=definition)


def _users(definition: Any) -> Users:
    """Node name -> the nodes that read it, each with the position of the input."""
    found: Users = defaultdict(list)
    for node in definition.node:
        for position, name in enumerate(node.input):
            found[name.split(":")[0]].append((node, position))
    return found


def _replace(node: Any, users: Users, rng: np.random.Generator) -> None:
    tf = backend.tensorflow()
    tensor = node.attr["value"].tensor
    if not tf.as_dtype(tensor.dtype).is_floating:
        return
    readers = list(_readers(node, users))
    shape = tuple(axis.size for axis in tensor.tensor_shape.dim)
    kernel = len(shape) > 1 and any(user.op in KERNEL_USERS and at > 0 for user, at in readers)
    if not kernel and not any(FROM_VARIABLE in user.name for user, _ in users[node.name]):
        return
    values = _kernel(shape, readers, users, rng) if len(shape) > 1 else _vector(shape, readers, users)
    tensor.CopyFrom(tf.make_tensor_proto(values, dtype=tensor.dtype, shape=shape))


def _readers(node: Any, users: Users) -> Iterator[tuple[Any, int]]:
    """What computes with the node's values, behind operations that only pass them on."""
    for user, position in users[node.name]:
        if user.op in PASSED_ON:
            yield from _readers(user, users)
        else:
            yield user, position


def _kernel(
    shape: tuple[int, ...], readers: list[tuple[Any, int]], users: Users, rng: np.random.Generator
) -> NDArray[np.float32]:
    deep = any(user.op == "DepthwiseConv2dNative" for user, _ in readers)
    fan_in = int(np.prod(shape[:2] if deep else shape[:-1]))
    gain = 2.0 if any(_rectified(user, users) for user, _ in readers) else 1.0
    return rng.normal(0.0, np.sqrt(gain / fan_in), shape).astype(np.float32)


def _rectified(node: Any, users: Users) -> bool:
    """Whether a rectifier comes next, biases and normalisation aside."""
    for user, _ in users[node.name]:
        if "Relu" in user.op or user.op == "Sigmoid":
            return True
        if user.op in BEFORE_RECTIFIER and _rectified(user, users):
            return True
    return False


def _vector(shape: tuple[int, ...], readers: list[tuple[Any, int]], users: Users) -> NDArray[np.float32]:
    ones = any(_scales(user, position, users) for user, position in readers)
    return np.full(shape, 1.0 if ones else 0.0, np.float32)


def _scales(user: Any, position: int, users: Users) -> bool:
    """Whether this input of ``user`` is a scale or a variance; normalisation may be written out."""
    if user.op in NORMALISATION:
        return position in SCALE_OR_VARIANCE
    after = [later.op for later, _ in users[user.name]]
    if user.op in ("AddV2", "Add"):
        return "Rsqrt" in after or "Sqrt" in after
    # the mean is multiplied only to be taken off the offset
    return user.op == "Mul" and not set(after) <= {"Sub", "Neg"}
