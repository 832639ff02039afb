"""What the model ends with: where the logits are, what squashes them, and what lies below."""

from dataclasses import dataclass
from math import prod
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.base.types import Activation
from gradcam_core.model import backend
from gradcam_core.model.contract import Head
from gradcam_core.model.topology import Topology

ROUNDING = frozenset({"FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel"})
# These pass the numbers on; a softmax may be followed by any of them.
PASSING = ROUNDING | {
    *("Identity", "Reshape", "Cast", "Squeeze", "ExpandDims", "StopGradient", "CheckNumerics"),
}
SQUASH: dict[str, Activation] = {"Softmax": "softmax", "LogSoftmax": "softmax", "Sigmoid": "sigmoid"}
CONSTANT_PARTNER = frozenset({"BiasAdd", "Add", "AddV2", "Sub", "Mul", "RealDiv"})
WINDOWS = frozenset({"MaxPool", "AvgPool"})
ROWS = "cells_as_one_row"
POOLED = frozenset({"Mean", "Max", "AvgPool", "MaxPool"})
ACTIVATED = frozenset(
    {"Relu", "Relu6", "LeakyRelu", "Elu", "Selu", "ConcatV2", "FusedBatchNormV3", "IdentityN"}
)
FLATTEN = ROUNDING | {"Reshape", "Squeeze", "ExpandDims", "Transpose", "Identity"}


@dataclass(frozen=True)
class Tap:
    """The logits tensor (N, K), what the model does to it, and the input of the last dense layer.

    ``cells`` is the logits tensor (N, h, w, K) of a model that answers for each cell of a grid, of which
    ``logits`` is a view.
    """

    logits: Any
    activation: Activation
    embedding: Any | None
    cells: Any | None = None


def tap(result: Any, graph_input: Any) -> Tap:
    """Find the logits behind ``result``: the input of the final softmax or sigmoid, also a fused one.

    A grid of answers (N, h, w, K) gets a view (N, h*w*K) added to its graph, named ``ROWS``.

    Raises:
        ModelError: the output is neither one row of numbers per picture nor a grid of them.
    """
    logits, activation = _before_squash(result)
    embedding = _embedding(logits, Topology(graph_input, logits))
    if logits.shape.rank == 2 and logits.shape[1] is not None:
        return Tap(logits, activation, embedding)
    if logits.shape.rank == 4 and None not in tuple(logits.shape)[1:]:
        return Tap(_as_rows(logits), activation, embedding, logits)
    raise ModelError(
        "a model that gives one row of class scores per picture, or one per cell of a grid",
        f"an output of shape {tuple(logits.shape)}",
        "choose a classification, regression or grid detection (FOMO) model",
    )


def _as_rows(cells: Any) -> Any:
    """(N, h, w, K) -> (N, h*w*K), in the same graph."""
    with cells.graph.as_default():
        return backend.tensorflow().reshape(cells, (-1, prod(tuple(cells.shape)[1:])), name=ROWS)


def _before_squash(result: Any) -> tuple[Any, Activation]:
    tensor = result
    while True:
        if tensor.op.type in SQUASH:
            return _skip_passing_views(tensor.op.inputs[0]), SQUASH[tensor.op.type]
        inner = _written_out_softmax(tensor.op)
        if inner is not None:
            return inner, "softmax"
        if tensor.op.type not in PASSING:
            return _skip_passing_views(result), "linear"
        tensor = tensor.op.inputs[0]


def _skip_passing_views(tensor: Any) -> Any:
    """Below an identity lies the same tensor; its producer tells more."""
    while tensor.op.type == "Identity":
        tensor = tensor.op.inputs[0]
    return tensor


def _written_out_softmax(op: Any) -> Any | None:
    """``exp(z - max z) / sum(exp(z - max z))`` -> z, or None where ``op`` is something else."""
    if op.type not in ("RealDiv", "Div") or op.inputs[0].op.type != "Exp":
        return None
    exponential, total = op.inputs[0].op, op.inputs[1].op
    if total.type != "Sum" or total.inputs[0].op is not exponential:
        return None
    inner = exponential.inputs[0]
    shifted = inner.op.type == "Sub" and inner.op.inputs[1].op.type in ("Max", "StopGradient")
    return inner.op.inputs[0] if shifted else inner


def ends_in_features(logits: Any) -> bool:
    """An activation or a pooling of one comes out, as of a backbone without its head."""
    op = logits.op
    while op.type in PASSING | POOLED:
        op = op.inputs[0].op
    if op.type in ("Mul", "AddV2"):  # swish, or two branches joined; not a bias or a scale
        return sum(tensor.op.type not in ("Const", "Identity") for tensor in op.inputs) == 2
    return op.type in ACTIVATED


def _embedding(logits: Any, way: Topology) -> Any | None:
    """The input of the last dense layer: below the logits, additions and scalings by constants aside."""
    tensor = logits
    while True:
        varying = way.varying_inputs(tensor.op)
        if tensor.op.type in ("MatMul", "Conv2D") and len(varying) == 1:
            return varying[0]
        if len(varying) != 1 or tensor.op.type not in PASSING | CONSTANT_PARTNER:
            return None
        tensor = varying[0]


def head_kind(layer: Any, logits: Any) -> Head:
    """What lies between the layer's tensor and the logits.

    "pooled-dense": the mean over all places, at most one dense layer. "flatten-dense": one weight per
    place (or per window of a pooling) and channel. "deep": anything else.
    """
    path = [op for op in Topology(layer, logits).path[1:] if op.type != "Identity"]
    dense = [op for op in path if op.type == "MatMul"]
    rest = [op for op in path if op.type not in {"MatMul", "BiasAdd", "AddV2", "Cast"} | FLATTEN]
    if len(rest) == 1 and len(dense) <= 1 and _averages_all(rest[0], layer):
        return "pooled-dense"
    windows = {op.type for op in rest} <= WINDOWS
    return "flatten-dense" if windows and len(dense) == 1 else "deep"


def _averages_all(op: Any, layer: Any) -> bool:
    """One number per channel comes out."""
    left = tuple(op.outputs[0].shape)[1:]
    return op.type in ("Mean", "AvgPool") and None not in left and prod(left) == layer.shape[-1]
