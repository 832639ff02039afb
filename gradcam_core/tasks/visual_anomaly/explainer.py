"""A model as a detector of anomalies: its own scores, or those of a mixture over its features.

Both answer like a one-unit sigmoid head with the classes (normal, anomaly): the logit is the anomaly score
minus the threshold, so that edits, targets and margins mean the same as for any classifier.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from gradcam_core.base.types import Floats, MapSet
from gradcam_core.maps.cams import CamInput, TargetScore
from gradcam_core.model.contract import Explainer, Explanation, LayerInfo, ModelInfo, Targets
from gradcam_core.tasks.visual_anomaly.mixture import Mixtures

OUTPUT = "output"  # name of the layer where the output itself is the map
NOTE = "the answer is an anomaly score: a mixture of normal pictures over the network's features"


class Detector(Explainer):
    """What both kinds share: everything about the engine is the network's own.

    Args:
        base: the network.
        threshold: score from which a picture counts as an anomaly.
        note: a sentence for the user.
    """

    def __init__(self, base: Explainer, threshold: float, note: str) -> None:
        self.base, self.threshold = base, threshold
        self.info: ModelInfo = replace(
            base.info,
            outputs=1,
            activation="sigmoid",
            output_grid=None,
            notes=(*base.info.notes, note),
        )
        self.layers: Mapping[MapSet, LayerInfo] = base.layers

    @property
    def engine(self) -> str:
        """What runs the network; settled by the first batch."""
        return self.base.engine

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about it."""
        return self.base.notes

    @property
    def agreement(self) -> float:
        """As the network's own."""
        return self.base.agreement

    def predict(self, inputs: Floats) -> Floats:
        """(N, 1) anomaly score minus the threshold."""
        return self.explain(inputs, gradients=()).logits

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        """The same with (N, D) embeddings of the network."""
        said = self.explain(inputs, gradients=())
        return said.logits, said.embedding

    def explain(
        self, inputs: Floats, targets: Targets | None = None, gradients: Sequence[MapSet] = ()
    ) -> Explanation:
        """One pass; see :class:`gradcam_core.model.contract.Explainer`."""
        raise NotImplementedError

    def _answer(
        self, said: Explanation, scores: Floats, evidence: Mapping[MapSet, CamInput]
    ) -> Explanation:
        logits = (scores - self.threshold).astype(np.float32)[:, None]
        return Explanation(logits, said.embedding, np.ones(len(logits), np.intp), evidence)


class MixtureDetector(Detector):
    """A mixture per map set over the network's features; without any it only lends the features.

    Args:
        base: the network.
        mixtures: one per map set.
        split: hash below which a picture belongs to half 0 (see :func:`halves`).
        threshold: as above.
    """

    def __init__(
        self, base: Explainer, mixtures: Mapping[MapSet, Mixtures], split: float, threshold: float
    ) -> None:
        super().__init__(base, threshold, NOTE)
        self.mixtures, self._split = mixtures, split
        self.scoring = scoring(base.layers)

    def explain(
        self, inputs: Floats, targets: Targets | None = None, gradients: Sequence[MapSet] = ()
    ) -> Explanation:
        """As :class:`Detector`; the evidence has one channel, the score above the floor per cell."""
        said = self.base.explain(inputs, gradients=())
        fold = (place(inputs) >= self._split).astype(np.intp)
        cells = {
            name: mixture.scores(said.evidence[name].activations, fold)
            for name, mixture in self.mixtures.items()
        }
        scores = cells[self.scoring].max(axis=(1, 2))
        evidence = {
            name: cell_evidence(values - self.mixtures[name].floor, inputs, scores, self._rescored)
            for name, values in cells.items()
        }
        return self._answer(said, scores, evidence)

    def _rescored(self, values: Floats, rows: NDArray[np.intp]) -> Floats:
        return self.predict(values)[:, 0] + np.float32(self.threshold)

    def randomised(self, seed: int) -> "MixtureDetector":
        """The same mixtures over a network with random weights."""
        network: Any = self.base
        return MixtureDetector(network.randomised(seed), self.mixtures, self._split, self.threshold)


class OwnDetector(Detector):
    """A network whose output is the anomaly score: one per picture, or one per cell of a grid."""

    def __init__(self, base: Explainer, threshold: float) -> None:
        self.grid: tuple[int, int] | None = output_grid(base.info)
        kind = "one per cell, the highest counts" if self.grid else "one per picture"
        super().__init__(base, threshold, f"the network's own output is taken as anomaly scores: {kind}")
        self._squashed = base.info.activation == "sigmoid"
        if self.grid:
            self.layers = {"classic": LayerInfo(OUTPUT, *self.grid, 1, "anomaly scores")}

    def explain(
        self, inputs: Floats, targets: Targets | None = None, gradients: Sequence[MapSet] = ()
    ) -> Explanation:
        """As :class:`Detector`; a grid is its own evidence, else that of the network for its output."""
        speaks_for = np.ones(len(inputs), np.intp) if self.grid is None else None
        said = self.base.explain(inputs, speaks_for, gradients if self.grid is None else ())
        values = expit(said.logits) if self._squashed else said.logits
        scores = values.max(axis=1)
        if self.grid is None:
            return self._answer(said, scores, said.evidence)
        cells = values.reshape(len(values), *self.grid)
        found = cell_evidence(cells, inputs, scores, self._rescored)
        return self._answer(said, scores, {"classic": found})

    def _rescored(self, values: Floats, rows: NDArray[np.intp]) -> Floats:
        return self.predict(values)[:, 0] + np.float32(self.threshold)

    def randomised(self, seed: int) -> "OwnDetector":
        """The same with random weights."""
        network: Any = self.base
        return OwnDetector(network.randomised(seed), self.threshold)


def scoring(layers: Mapping[MapSet, LayerInfo]) -> MapSet:
    """The map set whose highest cell is the picture's score: the finer one.

    Features halfway up find anomalies best; the last ones have learned to ignore what does not matter to
    the classes (Defard et al., PaDiM, 2021; Roth et al., PatchCore, 2022).
    """
    return "fine" if "fine" in layers else "classic"


def output_grid(info: ModelInfo) -> tuple[int, int] | None:
    """(h, w) where the network gives one number per cell."""
    return info.output_grid if info.classes == 1 else None


def gives_scores(info: ModelInfo) -> bool:
    """Whether the network's own output can be an anomaly score: one number, per picture or per cell."""
    return info.outputs == 1 or output_grid(info) is not None


def cell_evidence(
    cells: Floats,
    inputs: Floats,
    scores: Floats,
    rescored: TargetScore,
) -> CamInput:
    """Scores per cell (N, h, w) as the activations of a layer with one channel."""
    activations = np.maximum(cells, 0).astype(np.float32)[..., None]
    zeros = np.broadcast_to(np.float32(0), activations.shape)

    def highest(values: Floats, rows: NDArray[np.intp]) -> Floats:
        return np.asarray(values.max(axis=(1, 2, 3)), dtype=np.float32)

    return CamInput(activations, zeros, inputs, scores, highest, rescored)


def place(inputs: Floats) -> NDArray[np.float64]:
    """(N,) number 0..1 of each picture by its content, the same wherever it is looked at."""
    digests = [hashlib.sha256(np.ascontiguousarray(one, np.float32).tobytes()).digest() for one in inputs]
    return np.array([int.from_bytes(digest[:6]) / 2**48 for digest in digests], np.float64)
