"""Explain: one pass over a batch gives logits, embedding, activations and gradients at the layers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from gradcam_core.cams import Evidence
from gradcam_core.model import backend
from gradcam_core.model.cut import Pieces, plan
from gradcam_core.model.description import Described
from gradcam_core.model.info import Explanation, LayerInfo, predicted_class, target_scores
from gradcam_core.types import Floats, MapSet

CHUNK = 32
Arrays = dict[str, NDArray[Any]]


class FrozenExplainer:
    """A frozen model cut at one or two layers (see :class:`gradcam_core.model.info.Explainer`)."""

    engine = "tensorflow"
    notes: tuple[str, ...] = ()

    def __init__(self, described: Described, layers: Mapping[MapSet, tuple[LayerInfo, Any]]) -> None:
        self.info = described.info
        self.layers: Mapping[MapSet, LayerInfo] = {name: layer for name, (layer, _) in layers.items()}
        self._chunk = described.frozen.batch or CHUNK
        self._fixed = described.frozen.batch is not None
        self._names = {name: tensor.name for name, (_, tensor) in layers.items()}
        depth = {op: position for position, op in enumerate(described.source.graph.get_operations())}
        points = sorted((tensor for _, tensor in layers.values()), key=lambda tensor: depth[tensor.op])
        tapped = described.tap
        embedding = points[-1] if tapped.embedding is None else tapped.embedding
        self._logits, self._embedding = tapped.logits.name, embedding.name
        self._order = [tensor.name for tensor in points]
        self._stages = plan(described.source, points, [tapped.logits, embedding])
        self._pieces = Pieces(described.frozen.definition, self._stages)
        self._above = backend.tensorflow().function(self._gradients, autograph=False, reduce_retracing=True)

    def predict(self, inputs: Floats) -> Floats:
        """Logits (N, K) of network inputs (N, H, W, C) float32."""
        return self._through(inputs, self._logits)

    def embed(self, inputs: Floats) -> Floats:
        """(N, D) what the last dense layer sees, flattened (pooled over space when it is 4-D)."""
        return _as_rows(self._through(inputs, self._embedding))

    def explain(
        self,
        inputs: Floats,
        targets: NDArray[np.intp] | None = None,
        gradients: Sequence[MapSet] = ("classic", "fine"),
    ) -> Explanation:
        """One pass over (N, H, W, C) float32; see :class:`gradcam_core.model.info.Explainer`."""
        asked = np.full(len(inputs), -1, dtype=np.intp) if targets is None else np.asarray(targets, np.intp)
        wanted = tuple(name for name in self.layers if name in gradients)
        parts: list[Arrays] = []
        start = 0
        for chunk, size in self._chunks(inputs):
            part = self._pass(chunk, asked[start : start + size], wanted)
            parts.append({name: array[:size] for name, array in part.items()})
            start += size
        return self._explanation(inputs, asked, _joined(parts))

    def _chunks(self, inputs: Floats) -> Iterator[tuple[Floats, int]]:
        """Pieces of the batch and their size; filled up with zeros where the model has a fixed batch."""
        for start in range(0, len(inputs), self._chunk):
            chunk = np.ascontiguousarray(inputs[start : start + self._chunk], dtype=np.float32)
            size = len(chunk)
            if self._fixed and size < self._chunk:
                chunk = np.concatenate(
                    [chunk, np.zeros((self._chunk - size, *chunk.shape[1:]), np.float32)]
                )
            yield chunk, size

    def _features(self, chunk: Floats) -> dict[str, Any]:
        """The part below the cut: its tensors by name."""
        values = {self._stages[0].feeds[0]: backend.tensorflow().constant(chunk)}
        self._pieces.run(0, values)
        return values

    def _pass(self, chunk: Floats, targets: NDArray[np.intp], wanted: tuple[MapSet, ...]) -> Arrays:
        tf = backend.tensorflow()
        values = self._features(chunk)
        filled = np.concatenate([targets, np.full(len(chunk) - len(targets), -1, np.intp)])
        values.pop(self._stages[0].feeds[0])
        found, slopes = self._above(values, tf.constant(filled, tf.int32), wanted)
        arrays = {name: tensor.numpy() for name, tensor in {**values, **found}.items()}
        arrays |= {f"gradient {name}": tensor.numpy() for name, tensor in slopes.items()}
        return arrays

    def _gradients(
        self, values: dict[str, Any], targets: Any, wanted: tuple[MapSet, ...]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Stages above the cut under one tape: their tensors, and d target score / d activation."""
        tf = backend.tensorflow()
        values = dict(values)
        watched = {self._names[name] for name in wanted}
        with tf.GradientTape() as tape:
            for position in range(1, len(self._stages)):
                point = self._order[position - 1]
                if point in watched:
                    tape.watch(values[point])
                self._pieces.run(position, values)
            total = tf.reduce_sum(self._target_score(values[self._logits], targets))
        sources = {name: values[self._names[name]] for name in wanted}
        return values, tape.gradient(total, sources, unconnected_gradients="zero") if wanted else {}

    def _target_score(self, logits: Any, targets: Any) -> Any:
        tf = backend.tensorflow()
        logits = tf.cast(logits, tf.float32)
        if self.info.outputs == 1:
            predicted = tf.cast(logits[:, 0] > 0, tf.int32)
            chosen = tf.where(targets < 0, predicted, targets)
            two = self.info.activation == "sigmoid"
            return logits[:, 0] * tf.where(chosen == 0, -1.0, 1.0) if two else logits[:, 0]
        chosen = tf.where(targets < 0, tf.argmax(logits, axis=1, output_type=tf.int32), targets)
        return tf.gather(logits, chosen, batch_dims=1)

    def _through(self, inputs: Floats, name: str) -> Floats:
        parts = []
        for chunk, size in self._chunks(inputs):
            values = self._features(chunk)
            for position in range(1, len(self._stages)):
                self._pieces.run(position, values)
            parts.append(values[name].numpy()[:size])
        return np.concatenate(parts).astype(np.float32, copy=False)

    def above(self, name: MapSet, values: Floats, arrays: Arrays, rows: NDArray[np.intp]) -> Floats:
        """Logits (M, K) when the layer of ``name`` gives ``values`` (M, h, w, C) for the rows ``rows``."""
        tf = backend.tensorflow()
        first = self._order.index(self._names[name])
        parts = []
        for start in range(0, len(rows), self._chunk):
            part = slice(start, start + self._chunk)
            env = {tensor: tf.constant(arrays[tensor][rows[part]]) for tensor in self._below(first)}
            env[self._names[name]] = tf.constant(values[part])
            for position in range(first + 1, len(self._stages)):
                self._pieces.run(position, env)
            parts.append(env[self._logits].numpy())
        return np.concatenate(parts).astype(np.float32, copy=False)

    def _below(self, first: int) -> set[str]:
        """Tensors that the stages from ``first`` on read but do not make, the layer itself aside."""
        later = self._stages[first + 1 :]
        made = {name for stage in later for name in stage.fetches}
        return {name for stage in later for name in stage.feeds} - made - {self._order[first]}

    def _explanation(self, inputs: Floats, asked: NDArray[np.intp], arrays: Arrays) -> Explanation:
        logits = arrays[self._logits].astype(np.float32, copy=False)
        targets = np.where(asked < 0, predicted_class(logits, self.info.activation), asked)
        evidence: dict[MapSet, Evidence] = {}
        for name in self.layers:
            activations = arrays[self._names[name]].astype(np.float32, copy=False)
            slopes = arrays.get(f"gradient {name}", np.zeros_like(activations)).astype(
                np.float32, copy=False
            )
            evidence[name] = Evidence(
                activations,
                slopes,
                inputs,
                target_scores(logits, targets, self.info.activation),
                _FromActivations(self, name, targets, arrays),
                _FromInputs(self, targets),
            )
        embedding = _as_rows(arrays[self._embedding])
        return Explanation(logits, embedding, targets.astype(np.intp), evidence)


class _FromInputs:
    """Changed network inputs -> target score."""

    def __init__(self, explainer: FrozenExplainer, targets: NDArray[np.intp]) -> None:
        self._explainer, self._targets = explainer, targets

    def __call__(self, values: Floats, rows: NDArray[np.intp]) -> Floats:
        logits = self._explainer.predict(values)
        return target_scores(logits, self._targets[rows], self._explainer.info.activation)


class _FromActivations:
    """Changed activations of one layer -> target score; the rest of the network stays as it was."""

    def __init__(
        self, explainer: FrozenExplainer, name: MapSet, targets: NDArray[np.intp], arrays: Arrays
    ) -> None:
        self._explainer, self._name, self._targets, self._arrays = explainer, name, targets, arrays

    def __call__(self, values: Floats, rows: NDArray[np.intp]) -> Floats:
        logits = self._explainer.above(self._name, values, self._arrays, rows)
        return target_scores(logits, self._targets[rows], self._explainer.info.activation)


def _as_rows(values: NDArray[Any]) -> Floats:
    pooled = values.mean(axis=(1, 2)) if values.ndim == 4 else values.reshape(len(values), -1)
    return cast(Floats, pooled.astype(np.float32, copy=False))


def _joined(parts: Sequence[Arrays]) -> Arrays:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
