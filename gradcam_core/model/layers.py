"""The candidate layers of a frozen graph: readable and named."""

import re
from dataclasses import dataclass, field
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model.contract import LayerInfo
from gradcam_core.model.groups import PART
from gradcam_core.model.head import ROUNDING
from gradcam_core.model.tokens import find_tokens, token_layers
from gradcam_core.model.topology import Topology

POINTWISE = frozenset(
    {
        "Identity",
        "IdentityN",
        "Cast",
        "BiasAdd",
        "Add",
        "AddV2",
        "Sub",
        "Mul",
        "RealDiv",
        "Square",
        "Rsqrt",
        "Maximum",
        "Minimum",
        "Neg",
        "Exp",
        "Erf",
        "Tanh",
        "Softplus",
        "Sigmoid",
        "Relu",
        "Relu6",
        "LeakyRelu",
        "Elu",
        "Selu",
        "FusedBatchNorm",
        "FusedBatchNormV2",
        "FusedBatchNormV3",
        "Abs",
        "Pow",
        *ROUNDING,
    }
)
TOKENS = "Tokens"
POOLING = frozenset({"MaxPool", "AvgPool", "Mean", "Max", "MaxPoolV2"})
KINDS = {
    "AddV2": "Add",
    "ConcatV2": "Concat",
    "DepthwiseConv2dNative": "DepthwiseConv2D",
    "FusedBatchNormV3": "BatchNorm",
}
NOT_A_LAYER = frozenset(
    {
        "Pad",
        "PadV2",
        "MirrorPad",
        "SpaceToBatchND",
        "BatchToSpaceND",
        "Placeholder",
        "Split",
        "SplitV",
    }
)
OF_A_CALL = re.compile(r"(^|/)input/_\d+$")
MOVES = frozenset({"Reshape", "Transpose", "Squeeze", "ExpandDims"})
IN_TIME = frozenset({"Conv2D", "DepthwiseConv2dNative", "MaxPool", "AvgPool"})  # what Conv1D is made of


@dataclass(frozen=True)
class Candidates:
    """The candidate layers with their tensors, and the aliases under which any of them can be chosen."""

    layers: tuple[LayerInfo, ...]
    tensors: dict[str, Any] = field(repr=False)
    bottlenecks: frozenset[str] = field(repr=False)
    aliases: dict[str, Any] = field(repr=False)

    def choose(self, name: str) -> tuple[LayerInfo, Any]:
        """The layer called ``name`` (a Keras layer or an operation) and its tensor.

        Raises:
            ModelError: unknown; lists the candidates with their grids.
        """
        if name in self.tensors:
            return next(layer for layer in self.layers if layer.name == name), self.tensors[name]
        if name in self.aliases:
            tensor = self.aliases[name]
            return _info(name, tensor), tensor
        known = ", ".join(f"{layer.name} ({layer.height}×{layer.width})" for layer in self.layers)
        raise ModelError(f"A layer out of: {known}.", f"{name!r}", "choose one of these names")


def find_candidates(way: Topology, layer_of: dict[str, str]) -> Candidates:
    """Every activation with a grid larger than 1×1, chains of convolution, normalisation and activation
    merged into their last operation.

    TensorFlow writes Conv1D as ExpandDims, Conv2D on a 1×T grid, Squeeze, and what follows in 3-D: there
    the 3-D tensors (N, T, C) are the candidates, and the 1×T ones are steps towards them.

    Raises:
        ModelError: there is none.
    """
    tokens = find_tokens(way)
    spatial = [op for op in way.path if _is_spatial(way, op) and not (tokens and tokens.is_attention(op))]
    inner = {op.inputs[0].op for op in spatial if op.type == "Squeeze"}
    inner |= {op for op in spatial if PART in op.name}
    spatial = [op for op in spatial if op not in inner]
    steps = set().union(*(_absorbed(way, op) for op in spatial))
    last = [_own_last(op) for op in spatial if op.type not in NOT_A_LAYER | MOVES and op not in steps]
    computed = [op for op in dict.fromkeys(last) if _mixes_pixels(way, op)]
    computed += [] if tokens is None else token_layers(way, tokens)
    grids = (
        {} if tokens is None else {op: tokens.grid for op in tokens.after if tokens.holds(op.outputs[0])}
    )
    if not computed:
        flat = "a flat input and " if way.source.shape.rank == 2 else ""
        raise ModelError(
            "a model with a convolutional layer",
            f"{flat}no layer with a spatial grid larger than 1×1 between input and output",
            "a map over the picture cannot be made for this model; choose another",
        )
    names = _unique_names(computed, layer_of)
    layers = tuple(_info(names[op], op.outputs[0], grids.get(op)) for op in computed)
    return Candidates(
        layers,
        {names[op]: op.outputs[0] for op in computed},
        frozenset(names[op] for op in computed if op in way.bottlenecks),
        _aliases(spatial, layer_of),
    )


def _own_last(op: Any) -> Any:
    """The layer's own last operation: mixed precision ends a layer with a change of dtype, and a call that
    was written out begins with a copy of its input; neither is anybody's layer."""
    while (op.type == "Cast" and op.inputs[0].dtype.is_floating) or OF_A_CALL.search(op.name):
        op = op.inputs[0].op
    return op


def _is_spatial(way: Topology, op: Any) -> bool:
    """It gives a grid larger than 1×1: 4-D, or 3-D out of a one-dimensional convolution on features."""
    shape = op.outputs[0].shape if op.outputs else None
    if (
        shape is None
        or shape.rank is None
        or None in tuple(shape)[1:]
        or not op.outputs[0].dtype.is_floating
    ):
        return False
    if shape.rank == 3 and way.source.shape.rank < 4:  # in image models 3-D tensors are no grid
        return bool(shape[1] > 1) and _in_time(op)
    return bool(shape.rank == 4 and shape[1] * shape[2] > 1)


def _in_time(op: Any) -> bool:
    """A grid one cell wide without that axis, or what is computed from it place by place."""
    if op.type in POINTWISE:
        return any(_in_time(tensor.op) for tensor in op.inputs)
    inner = op.inputs[0] if op.type == "Squeeze" else None
    if inner is None or inner.op.type not in IN_TIME or inner.shape.rank != 4:
        return False
    return 1 in (inner.shape[1], inner.shape[2])


def _mixes_pixels(way: Topology, op: Any) -> bool:
    """A convolution or the like lies below it: rescaled input pixels are not a layer."""
    seen, todo = set(), [op]
    while todo:
        current = todo.pop()
        if current.type not in POINTWISE | NOT_A_LAYER | MOVES | POOLING and _is_spatial(way, current):
            return True
        seen.add(current)
        todo.extend(tensor.op for tensor in way.varying_inputs(current) if tensor.op not in seen)
    return False


def _absorbed(way: Topology, op: Any) -> set[Any]:
    """What is only a step towards a later operation: the pointwise region that hangs on ``op`` alone,
    without its exit. Nothing where the region has several exits."""
    region, grew = {op}, True
    while grew:
        border = {user for member in region for user in way.consumers[member]} - region
        joined = {user for user in border if _joins(way, user, region)}
        region |= joined
        grew = bool(joined)
    exits = {member for member in region if any(user not in region for user in way.consumers[member])}
    return region - exits if len(exits) == 1 else set()


def _joins(way: Topology, user: Any, region: set[Any]) -> bool:
    return (
        user.type in POINTWISE
        and _is_spatial(way, user)
        and all(tensor.op in region for tensor in way.varying_inputs(user))
    )


def _info(name: str, tensor: Any, grid: tuple[int, int] | None = None) -> LayerInfo:
    shape = tuple(tensor.shape)
    if grid is not None:
        return LayerInfo(name, *grid, int(shape[2]), TOKENS)
    height, width, channels = shape[1:] if len(shape) == 4 else (shape[1], 1, shape[2])
    return LayerInfo(name, height, width, channels, _kind(tensor.op))


def _kind(op: Any) -> str:
    """The operation in words that a reader knows; Keras 3 writes swish and normalisation out."""
    if op.type == "IdentityN" or op.type in ROUNDING:
        return _kind(op.inputs[0].op)
    if op.type == "AddV2" and "/batchnorm/" in op.name:
        return "BatchNorm"
    if op.type == "Mul" and any(tensor.op.type == "Sigmoid" for tensor in op.inputs):
        return "Swish"
    return KINDS.get(op.type, op.type)


def _scopes(op: Any, layer_of: dict[str, str]) -> list[str]:
    """Names from short to long: the Keras layer, else the operation's scope, up to its whole path."""
    parts = op.name.split("/")
    paths = ["/".join(parts[-length:]) for length in range(2, len(parts) + 1)]
    layer = layer_of.get(op.outputs[0].name, parts[-2] if len(parts) > 1 else op.name)
    return [layer, *paths, op.name]


def _unique_names(ops: list[Any], layer_of: dict[str, str]) -> dict[Any, str]:
    options = {op: _scopes(op, layer_of) for op in ops}
    names: dict[Any, str] = {}
    for op, choices in options.items():
        others = [name for other in ops if other is not op for name in options[other][:1]]
        free = [name for name in choices if name not in others and name not in names.values()]
        names[op] = free[0] if free else op.name
    return names


def _aliases(ops: list[Any], layer_of: dict[str, str]) -> dict[str, Any]:
    """Operation names and, for each layer, its deepest tensor."""
    found = {op.name: op.outputs[0] for op in ops}
    for op in ops:
        layer = layer_of.get(op.outputs[0].name)
        if layer:
            found[layer] = op.outputs[0]
    return found
