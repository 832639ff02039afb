"""The candidate layers of a frozen graph: readable, named, and the two that are used by default."""

from dataclasses import dataclass, field
from typing import Any

from gradcam_core.errors import ModelError
from gradcam_core.model.info import LayerInfo
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
    }
)
POOLING = frozenset({"MaxPool", "AvgPool", "Mean", "Max", "MaxPoolV2"})
KINDS = {
    "AddV2": "Add",
    "ConcatV2": "Concat",
    "DepthwiseConv2dNative": "DepthwiseConv2D",
    "FusedBatchNormV3": "BatchNorm",
}
NOT_A_LAYER = frozenset({"Pad", "PadV2", "MirrorPad", "SpaceToBatchND", "BatchToSpaceND", "Placeholder"})
MOVES = frozenset({"Reshape", "Transpose", "Squeeze", "ExpandDims"})


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
    """Every 4-D activation with a grid larger than 1×1, chains of convolution, normalisation and
    activation merged into their last operation.

    Raises:
        ModelError: there is none.
    """
    spatial = [op for op in way.path if _is_spatial(op)]
    steps = set().union(*(_absorbed(way, op) for op in spatial))
    last = [op for op in spatial if op.type not in NOT_A_LAYER | MOVES and op not in steps]
    computed = [op for op in last if _mixes_pixels(way, op)]
    if not computed:
        raise ModelError(
            "a model with a convolutional layer",
            "no layer with a spatial grid larger than 1×1 between input and output",
            "a map over the picture cannot be made for this model; choose another",
        )
    names = _unique_names(computed, layer_of)
    layers = tuple(_info(names[op], op.outputs[0]) for op in computed)
    return Candidates(
        layers,
        {names[op]: op.outputs[0] for op in computed},
        frozenset(names[op] for op in computed if op in way.bottlenecks),
        _aliases(spatial, layer_of),
    )


def _is_spatial(op: Any) -> bool:
    shape = op.outputs[0].shape if op.outputs else None
    return bool(
        shape is not None
        and shape.rank == 4
        and None not in tuple(shape)[1:]
        and shape[1] * shape[2] > 1
        and op.outputs[0].dtype.is_floating
    )


def _mixes_pixels(way: Topology, op: Any) -> bool:
    """A convolution or the like lies below it: rescaled input pixels are not a layer."""
    seen, todo = set(), [op]
    while todo:
        current = todo.pop()
        if current.type not in POINTWISE | NOT_A_LAYER | MOVES | POOLING and _is_spatial(current):
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
        and _is_spatial(user)
        and all(tensor.op in region for tensor in way.varying_inputs(user))
    )


def _info(name: str, tensor: Any) -> LayerInfo:
    _, height, width, channels = tuple(tensor.shape)
    return LayerInfo(name, height, width, channels, _kind(tensor.op))


def _kind(op: Any) -> str:
    """The operation in words that a reader knows; Keras 3 writes swish and normalisation out."""
    if op.type == "IdentityN":
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


def default_classic(found: Candidates) -> LayerInfo:
    """The last candidate through which everything passes; pooling comes after it."""
    whole = [layer for layer in found.layers if layer.name in found.bottlenecks]
    convolved = [layer for layer in whole if layer.kind not in POOLING]
    return (convolved or whole or list(found.layers))[-1]


def default_fine(found: Candidates, classic: LayerInfo) -> LayerInfo | None:
    """The deepest layer below ``classic`` whose grid is at least twice as fine in both directions."""
    position = found.layers.index(classic) if classic in found.layers else len(found.layers)
    finer = [
        layer
        for layer in found.layers[:position]
        if layer.height >= 2 * classic.height and layer.width >= 2 * classic.width
    ]
    whole = [layer for layer in finer if layer.name in found.bottlenecks]
    best = whole or finer
    return best[-1] if best else None
