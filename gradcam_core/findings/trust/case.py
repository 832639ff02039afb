"""One model, some pictures and their maps: what every trust check looks at."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.logits import as_classes, is_regression, margins
from gradcam_core.base.types import Doubles, Floats, MapSet
from gradcam_core.maps.cams import CAMS
from gradcam_core.model.contract import Explainer, Explanation, Targets


@runtime_checkable
class Randomisable(Protocol):
    """An explainer that can be had again with the same architecture and random weights."""

    def randomised(self, seed: int) -> Explainer: ...


@dataclass(frozen=True)
class Case:
    """Some pictures and the maps of one set.

    Attributes:
        inputs: (N, H, W, C) float32 network inputs.
        method, map_set: which maps.
        seen: what the model says of ``inputs``, with the evidence of ``map_set``; asked for where None.
        cover: (N, h, w) share of each cell that the object covers, NaN rows without a region; or None.
    """

    explainer: Explainer
    inputs: Floats
    method: str
    map_set: MapSet
    seed: int
    seen: Explanation | None = None
    cover: Floats | None = None

    @cached_property
    def explanation(self) -> Explanation:
        """What the model says of the inputs, with gradients at the set's layer."""
        return self.seen or self.explainer.explain(self.inputs, gradients=(self.map_set,))

    @cached_property
    def maps(self) -> Floats:
        """(N, h, w) float32, raw heat >= 0 of the predicted classes."""
        return CAMS[self.method].compute(self.explanation.evidence[self.map_set])

    @cached_property
    def targets(self) -> Targets:
        """(N,) class index, or (N, K) weights of the outputs."""
        found = self.explanation.targets
        return found if found.ndim == 2 else np.asarray(found, np.intp)

    @cached_property
    def reach(self) -> NDArray[np.bool_]:
        """(N, h, w) bool, cells that the explained answer can depend on: all but for an answer per cell.

        Elsewhere such a map is zero whatever the network has learned, which would agree with anything.
        """
        evidence = self.explanation.evidence[self.map_set]
        if self.explainer.info.output_grid is None:
            return np.ones(self.maps.shape, np.bool_)
        return np.asarray((evidence.gradients != 0).any(axis=-1))

    @cached_property
    def generator(self) -> np.random.Generator:
        """One stream of random numbers for all checks of the case."""
        return np.random.default_rng(self.seed)

    def score(self, logits: Floats, rows: NDArray[np.intp]) -> Doubles:
        """(M,) float64 log-odds of the explained class of ``rows``; the output itself for regression.

        Where weights of the outputs are explained, the weighted sum.
        """
        activation, targets = self.explainer.info.activation, self.targets
        if targets.ndim == 2:
            return np.asarray((logits * targets[rows]).sum(axis=1), dtype=np.float64)
        if is_regression(logits.shape[1], activation):
            return logits[:, 0].astype(np.float64)
        return margins(as_classes(logits, activation), np.asarray(targets[rows], np.intp))
