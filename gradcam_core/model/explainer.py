"""Explain: one pass over a batch gives logits, embedding, activations and gradients at the layers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.logits import predicted_class
from gradcam_core.base.types import Floats, MapSet
from gradcam_core.maps.cams import CamInput
from gradcam_core.model.contract import (
    Explanation,
    LayerInfo,
    ModelInfo,
    Targets,
    target_scores,
)
from gradcam_core.model.gradients import Upper
from gradcam_core.model.runners import Runner
from gradcam_core.model.surprise import Expected

CHUNK = 32
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Names:
    """Names of the tensors that matter: what is read, what comes out, and each map set's layer."""

    below: tuple[str, ...]
    logits: str
    embedding: str
    points: tuple[str, ...]
    layers: Mapping[MapSet, str] = field(default_factory=dict)


class FrozenExplainer:
    """A frozen model cut at one or two layers (see :class:`gradcam_core.model.contract.Explainer`).

    Attributes:
        runner: the engine itself; may be exchanged between calls.
        engine: its name, what runs the part below the cut.
        notes: sentences about the engine for the user.
        agreement: smallest cosine between the engine's maps and TensorFlow's on the first batch; NaN
            while it was not measured.
    """

    notes: tuple[str, ...] = ()
    agreement: float = float("nan")

    def __init__(
        self,
        info: ModelInfo,
        layers: Mapping[MapSet, LayerInfo],
        names: Names,
        parts: tuple[Runner, Upper],
        batch: int | None = None,
    ) -> None:
        self.info, self.layers, self.engine = info, layers, "tensorflow"
        self._names = names
        self.runner, self._upper = parts
        self._graph = self.runner
        self._chunk, self._fixed = batch or CHUNK, batch is not None
        self._settling = RLock()
        self.on_first_batch: Callable[[FrozenExplainer, Floats], None] | None = None
        self.with_random_weights: Callable[[int], FrozenExplainer] | None = None
        self.expected: Expected | None = None

    def randomised(self, seed: int) -> "FrozenExplainer":
        """The same network with freshly initialised weights, on TensorFlow; equal seeds, equal weights."""
        if self.with_random_weights is None:
            raise RuntimeError("put together without its graph")
        return self.with_random_weights(seed)

    def surprise(self, inputs: Floats) -> float:
        """See :class:`gradcam_core.model.contract.Network`. Run by TensorFlow, no engine is settled."""
        if self.expected is None:
            return float("nan")
        name, graph = self.expected.name, self._graph
        parts = [
            np.asarray(graph.run(chunk, (name,))[name])[:size] for _, size, chunk in self._chunks(inputs)
        ]
        return self.expected.surprise(np.concatenate(parts))

    def predict(self, inputs: Floats) -> Floats:
        """Logits (N, K) of network inputs (N, H, W, C) float32."""
        return self._forward(inputs, self._names.logits)[0].astype(np.float32, copy=False)

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Logits (N, K) and embeddings (N, D); see :class:`gradcam_core.model.contract.Explainer`."""
        logits, embeddings = self._forward(inputs, self._names.logits, self._names.embedding)
        return logits.astype(np.float32, copy=False), _as_rows(embeddings)

    def explain(
        self,
        inputs: Floats,
        targets: Targets | None = None,
        gradients: Sequence[MapSet] = ("classic", "fine"),
    ) -> Explanation:
        """One pass over (N, H, W, C) float32; see :class:`gradcam_core.model.contract.Explainer`."""
        self._settle(inputs)
        asked: Targets = np.full(len(inputs), -1, dtype=np.intp) if targets is None else targets
        wanted = [name for name in self.layers if name in gradients]
        parts = [
            self._pass(chunk, asked[start : start + size], wanted)
            for start, size, chunk in self._chunks(inputs)
        ]
        return self._explanation(inputs, asked, _joined(parts))

    def above(self, name: MapSet, values: Floats, arrays: Arrays, rows: NDArray[np.intp]) -> Floats:
        """Logits (M, K) when the layer of ``name`` gives ``values`` (M, h, w, C) for the rows ``rows``."""
        point = self._names.layers[name]
        first = self._names.points.index(point)
        others = self._upper.reads(first) - {point}
        parts = []
        for start in range(0, len(rows), self._chunk):
            part = slice(start, start + self._chunk)
            known: Arrays = {other: arrays[other][rows[part]] for other in others}
            shaped = in_a_row(values[part], arrays[point][rows[part]])
            known[point] = shaped.astype(arrays[point].dtype, copy=False)
            size = len(rows[part])
            filled = {key: self._filled(array) for key, array in known.items()}
            parts.append(np.asarray(self._upper.forward(filled, first)[self._names.logits])[:size])
        return np.concatenate(parts).astype(np.float32, copy=False)

    def _settle(self, inputs: Floats) -> None:
        """Let the choice of the engine happen once, on the first pictures there are."""
        with self._settling:
            task, self.on_first_batch = self.on_first_batch, None
            if task is not None:
                task(self, inputs)

    def _chunks(self, inputs: Floats) -> Iterator[tuple[int, int, Floats]]:
        """Start, size and network input of the pieces of a batch."""
        for start in range(0, len(inputs), self._chunk):
            chunk = np.ascontiguousarray(inputs[start : start + self._chunk], dtype=np.float32)
            yield start, len(chunk), self._filled(chunk)

    def _filled(self, chunk: NDArray[Any]) -> NDArray[Any]:
        """Filled up with zeros where the model has a fixed batch size."""
        missing = self._chunk - len(chunk) if self._fixed else 0
        return np.pad(chunk, [(0, missing)] + [(0, 0)] * (chunk.ndim - 1)) if missing else chunk

    def _forward(self, inputs: Floats, *names: str) -> list[NDArray[Any]]:
        self._settle(inputs)
        parts = [(self.runner.run(chunk, names), size) for _, size, chunk in self._chunks(inputs)]
        return [np.concatenate([np.asarray(part[name])[:size] for part, size in parts]) for name in names]

    def _pass(self, chunk: Floats, targets: Targets, wanted: Sequence[MapSet]) -> Arrays:
        size = len(targets)
        rest = ((0, len(chunk) - size), (0, 0))[: targets.ndim]
        filled = np.pad(targets, rest, constant_values=-1 if targets.ndim == 1 else 0)
        values = self.runner.run(chunk, self._names.below)
        points = [self._names.layers[name] for name in wanted]
        known, slopes = self._upper.explain(values, filled, points, self.info.activation)
        arrays = {name: np.asarray(tensor)[:size] for name, tensor in known.items()}
        return arrays | {_slope(name): np.asarray(tensor)[:size] for name, tensor in slopes.items()}

    def _explanation(self, inputs: Floats, asked: Targets, arrays: Arrays) -> Explanation:
        logits = arrays[self._names.logits].astype(np.float32, copy=False)
        targets = asked
        if asked.ndim == 1:
            targets = np.where(asked < 0, predicted_class(logits, self.info.activation), asked)
        evidence = {name: self._evidence(name, inputs, targets, logits, arrays) for name in self.layers}
        return Explanation(logits, _as_rows(arrays[self._names.embedding]), targets, evidence)

    def _evidence(
        self, name: MapSet, inputs: Floats, targets: Targets, logits: Floats, arrays: Arrays
    ) -> CamInput:
        point, activation, grid = self._names.layers[name], self.info.activation, self.layers[name].grid

        def from_activations(values: Floats, rows: NDArray[np.intp]) -> Floats:
            return target_scores(self.above(name, values, arrays, rows), targets[rows], activation)

        def from_inputs(values: Floats, rows: NDArray[np.intp]) -> Floats:
            return target_scores(self.predict(values), targets[rows], activation)

        activations = arrays[point].astype(np.float32, copy=False)
        zeros = np.broadcast_to(np.float32(0), activations.shape)
        slopes = on_grid(arrays.get(_slope(point), zeros).astype(np.float32, copy=False), grid)
        if self.info.output_grid is not None and _slope(point) in arrays:
            activations = _within_reach(activations, slopes)
        score = target_scores(logits, targets, activation)
        return CamInput(on_grid(activations, grid), slopes, inputs, score, from_activations, from_inputs)


def _slope(name: str) -> str:
    return f"d score / d {name}"


def _within_reach(activations: Floats, slopes: Floats) -> Floats:
    """Activations where any gradient flows to the explained cells, 0 elsewhere.

    A cell of a grid answer sees part of the layer only. Methods that average gradients over the grid
    would otherwise light up places that this cell cannot see.
    """
    return activations * (slopes != 0).any(axis=-1, keepdims=True)


def on_grid(values: Floats, grid: tuple[int, int]) -> Floats:
    """(N, h, w, C); a row (N, T, C) of a layer in time or of tokens is laid out, without a class token."""
    if values.ndim == 4:
        return values
    return values[:, values.shape[1] - grid[0] * grid[1] :].reshape(len(values), *grid, values.shape[2])


def in_a_row(values: Floats, stored: NDArray[Any]) -> Floats:
    """The way back from :func:`on_grid`: ``values`` (M, h, w, C) in the layer's shape, that of ``stored``.

    ``stored`` (M, ...) is what the layer gave for these samples; a class token keeps its numbers.
    """
    if stored.ndim == 4:
        return values
    row = values.reshape(len(values), -1, values.shape[3])
    return np.concatenate([stored[:, : stored.shape[1] - row.shape[1]], row], axis=1)


def _as_rows(values: NDArray[Any]) -> Floats:
    pooled = values.mean(axis=(1, 2)) if values.ndim == 4 else values.reshape(len(values), -1)
    return np.asarray(pooled, dtype=np.float32)


def _joined(parts: Sequence[Arrays]) -> Arrays:
    if len(parts) == 1:  # a copy of new memory costs as much as half the gradient
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
