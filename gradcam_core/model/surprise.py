"""How far a network's first features lie from those that it saw in training.

A normalisation keeps the mean and variance of what passed it (Ioffe and Szegedy, ICML 2015). Fed in another
range than it was trained on, the network computes features of another mean and another variance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.model.entry import Entry
from gradcam_core.model.topology import Topology

Values = NDArray[np.float64]
FUSED = frozenset({"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"})
SHARES = np.linspace(0.02, 1, 50)
CAP = 20.0  # nats of one channel; a dead one would outweigh all others
PASSED_ON = frozenset({"Identity", "Cast", "Reshape"})


@dataclass(frozen=True)
class Expected:
    """The ``mean`` and ``variance`` (C,) that the network keeps of the tensor called ``name``."""

    name: str
    mean: Values
    variance: Values
    running: bool = True

    def surprise(self, features: NDArray[Any]) -> float:
        """Mean over channels of the divergence (Kullback and Leibler, of two normal distributions, capped)
        of ``features`` (N, ..., C) from what is kept; 0 where both agree, in nats.

        A short training leaves a part of the mean 0 and variance 1 that a running average begins with; the
        share that fits best is allowed for.
        """
        rows = features.reshape(-1, features.shape[-1]).astype(np.float64)
        seen = SHARES[:, None] if self.running else np.ones((1, 1))
        mean, variance = seen * rows.mean(axis=0), seen * rows.var(axis=0) + (1 - seen)
        kept = np.maximum(self.variance, 1e-12)
        ratio, far = np.maximum(variance / kept, 1e-12), (mean - self.mean) ** 2 / kept
        divergence = np.minimum(0.5 * (ratio + far - 1 - np.log(ratio)), CAP)
        return float(divergence.mean(axis=1).min())


def expected_input(entry: Entry | None, name: str) -> Expected | None:
    """Mean and deviation of the data that the network's own first step brings to 0 and 1; None where it
    has no such step."""
    if entry is None or entry.plain:
        return None
    deviation = np.zeros(len(entry.scale))
    deviation[entry.channel] = 1 / np.abs(entry.scale)
    return Expected(name, entry.zeros, deviation**2, running=False)


def expected_features(way: Topology, constant: Callable[[Any], Values]) -> Expected | None:
    """What the first batch normalisation keeps; None where there is none or it has learned nothing.

    Args:
        way: from the input to the logits.
        constant: tensor that does not depend on the input -> its value.
    """
    for op in way.path[1:]:
        found = _fused(op) if op.type in FUSED else _written_out(op, way)
        if found is not None:
            features, mean, variance = found[0], constant(found[1]), constant(found[2])
            if np.allclose(mean, 0) and np.allclose(variance, 1):
                return None
            return Expected(features.name, mean.ravel(), variance.ravel())
    return None


def _fused(op: Any) -> tuple[Any, Any, Any]:
    return op.inputs[0], op.inputs[3], op.inputs[4]


def _written_out(op: Any, way: Topology) -> tuple[Any, Any, Any] | None:
    """``x * inverse + (offset - mean * inverse)`` with ``inverse = scale / sqrt(variance + epsilon)``."""
    inputs = list(op.inputs)
    varying = way.varying_inputs(op)
    if op.type != "Mul" or len(inputs) != 2 or len(varying) != 1:
        return None
    inverse = _behind(inputs[0] if inputs[1] is varying[0] else inputs[1])
    parts = [inverse, *map(_behind, inverse.op.inputs)] if inverse.op.type == "Mul" else [inverse]
    root = next((part for part in parts if part.op.type == "Rsqrt"), None)
    shifts = [user for user in way.consumers[op] if user.type in ("Add", "AddV2", "Sub")]
    if root is None or not shifts or root.op.inputs[0].op.type not in ("Add", "AddV2"):
        return None
    mean = _mean(shifts[0], inverse, way)
    return None if mean is None else (varying[0], mean, root.op.inputs[0].op.inputs[0])


def _mean(shift: Any, inverse: Any, way: Topology) -> Any | None:
    """The other factor of the product with ``inverse`` that ``shift`` takes off."""
    todo = [_behind(tensor) for tensor in shift.inputs if tensor.op not in way.index]
    while todo:
        tensor = todo.pop()
        inputs = [_behind(one) for one in tensor.op.inputs]
        if tensor.op.type == "Mul" and any(one is inverse for one in inputs):
            return next(one for one in inputs if one is not inverse)
        todo += inputs if tensor.op.type in ("Sub", "Neg") else []
    return None


def _behind(tensor: Any) -> Any:
    while tensor.op.type in PASSED_ON:
        tensor = tensor.op.inputs[0]
    return tensor
