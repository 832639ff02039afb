"""An explainer of features as people see them: time to the right, low frequencies at the bottom.

The network reads (frames, bands), flat or not. Everything outside this file sees (bands, frames): inputs,
maps, grids of layers. A layer in time only (Conv1D) has a grid of 1×T.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ModelError
from gradcam_core.base.sounds import Features, as_stored
from gradcam_core.base.types import Floats, MapSet
from gradcam_core.maps.cams import CamInput, TargetScore
from gradcam_core.model.contract import Explainer, Explanation, LayerInfo, ModelInfo, Targets


class Unlearnable(Explainer, Protocol):
    """An explainer that can be had with random weights."""

    def randomised(self, seed: int) -> "Unlearnable": ...


class UprightExplainer:
    """``inner`` with inputs (N, bands, frames, 1) and maps turned upright.

    Raises:
        ModelError: the model's input is none of these features.
    """

    def __init__(self, inner: Explainer, features: Features) -> None:
        check_fit(inner.info, features)
        self._inner, self._features = inner, features
        self.info = _upright_info(inner.info, features)
        self.layers: Mapping[MapSet, LayerInfo] = {
            name: _turned(layer) for name, layer in inner.layers.items()
        }

    @property
    def engine(self) -> str:
        """What runs the part below the maps; settled by the first batch."""
        return self._inner.engine

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the engine."""
        return self._inner.notes

    @property
    def agreement(self) -> float:
        """Smallest cosine with TensorFlow's maps on the first batch; NaN where nothing was compared."""
        return self._inner.agreement

    def randomised(self, seed: int) -> "UprightExplainer":
        """The same network with freshly initialised weights."""
        inner: Unlearnable = self._inner  # type: ignore[assignment]
        return UprightExplainer(inner.randomised(seed), self._features)

    def predict(self, inputs: Floats) -> Floats:
        """Logits (N, K) of (N, bands, frames, 1)."""
        return self._inner.predict(self._read(inputs))

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Logits (N, K) and embeddings (N, D)."""
        return self._inner.answers(self._read(inputs))

    def explain(
        self,
        inputs: Floats,
        targets: Targets | None = None,
        gradients: Sequence[MapSet] = ("classic", "fine"),
    ) -> Explanation:
        """As :meth:`gradcam_core.model.contract.Explainer.explain`, of (N, bands, frames, 1)."""
        found = self._inner.explain(self._read(inputs), targets, gradients)
        turned = {name: self._evidence(one, inputs) for name, one in found.evidence.items()}
        return replace(found, evidence=turned)

    def _read(self, inputs: Floats) -> Floats:
        """(N, bands, frames, 1) as the network reads it."""
        values = as_stored(inputs[..., 0])
        return np.ascontiguousarray(values.reshape(len(inputs), *self._inner.info.shape), dtype=np.float32)

    def _evidence(self, one: CamInput, inputs: Floats) -> CamInput:
        return CamInput(
            _upright_grid(one.activations),
            _upright_grid(one.gradients),
            inputs,
            one.score,
            _after(_stored_grid, one.from_activations),
            _after(self._read, one.from_inputs),
        )


def _after(first: "Turn", score: TargetScore) -> TargetScore:
    def turned(values: Floats, rows: NDArray[np.intp]) -> Floats:
        return score(first(values), rows)

    return turned


class Turn(Protocol):
    """Arrays of one orientation to arrays of the other."""

    def __call__(self, values: Floats, /) -> Floats: ...


def _upright_grid(values: Floats) -> Floats:
    """(N, time, frequency, C) -> (N, frequency from high to low, time, C)."""
    return np.ascontiguousarray(values.transpose(0, 2, 1, 3)[:, ::-1])


def _stored_grid(values: Floats) -> Floats:
    return np.ascontiguousarray(values[:, ::-1].transpose(0, 2, 1, 3))


def _turned(layer: LayerInfo) -> LayerInfo:
    return replace(layer, height=layer.width, width=layer.height)


def _upright_info(info: ModelInfo, features: Features) -> ModelInfo:
    return replace(
        info,
        height=features.bands,
        width=features.frames,
        channels=1,
        layers=tuple(_turned(layer) for layer in info.layers),
        classic=_turned(info.classic),
        fine=None if info.fine is None else _turned(info.fine),
        why=_turned_words(info),
        shape=(features.bands, features.frames, 1),
    )


def _turned_words(info: ModelInfo) -> str:
    """Grids in the reason for the layers, frequency first as everywhere else."""
    text = info.why
    for layer in filter(None, (info.classic, info.fine)):
        text = text.replace(f"{layer.height}×{layer.width}", f"{layer.width}×{layer.height}")
    return text


def check_fit(info: ModelInfo, features: Features) -> None:
    """Raise ``ModelError`` unless the model reads these features with time along the first axis."""
    grid = (features.frames, features.bands)
    fits = {1: ((grid[0] * grid[1],),), 2: (grid,), 3: ((*grid, 1),)}[len(info.shape)]
    wanted = f"a model of {grid[0]} frames × {grid[1]} bands, as the description of the features says"
    if info.shape not in fits:
        raise ModelError(wanted, f"an input of shape {info.shape}", "correct features.json or the model")
    if len(info.shape) == 1 and info.viewed not in (grid, (*grid, 1)):
        found = f"a network that reshapes them to {info.viewed}" if info.viewed else "one that never does"
        raise ModelError(
            f"a network that reshapes its flat input to {grid} or {(*grid, 1)}",
            found,
            "choose a block with one spectrogram and a Reshape layer: there maps have time and frequency",
        )
