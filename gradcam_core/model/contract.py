"""What a model is and what an explainer can do. No TensorFlow here: fakes in tests implement it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Activation, ChannelOrder, Floats, MapSet, Scaling
from gradcam_core.maps.cams import CamInput

Head = Literal["pooled-dense", "flatten-dense", "deep", "per-cell"]
Targets = NDArray[np.intp] | Floats  # (N,) class index, or (N, K) weights of the outputs


@dataclass(frozen=True)
class LayerInfo:
    """One candidate layer: an activation with a grid larger than 1×1, in order of depth.

    A layer that is one-dimensional in time (Conv1D) has a grid of T×1.
    """

    name: str
    height: int
    width: int
    channels: int
    kind: str  # the operation, e.g. "Relu6", "Conv2D"

    @property
    def grid(self) -> tuple[int, int]:
        return self.height, self.width


@dataclass(frozen=True)
class InputReading:
    """What the network says of its input: None where it says nothing; ``why`` is the evidence in words."""

    scaling: Scaling | None = None
    channel_order: ChannelOrder | None = None
    why: str = ""


@dataclass(frozen=True)
class ModelInfo:
    """What ``inspect`` shows of a model.

    Attributes:
        format: "keras 2 h5", "keras 3 h5", "keras 3", "SavedModel", "ONNX" or
            "TensorFlow Lite"; told apart by content.
        height, width, channels: the input.
        outputs: K, the number of output units (1 for a one-unit sigmoid head or regression); a grid of
            answers counts every cell's units, row by row, channels last.
        activation: of the output; "sigmoid" with one output means two classes.
        head: what lies between the last spatial layer and the logits (limits of the maps, L3);
            "per-cell" where every cell of a grid has its own answer.
        layers: every candidate, shallow to deep.
        classic: the default layer, the last spatial one; ``why`` says why.
        fine: the deepest layer whose grid is at least twice as fine; None where there is none.
        sha256: of the file (or of the folder's files).
        notes: sentences for the user (e.g. which part was ambiguous).
        shape: of the input without the batch; (F,) and (frames, bands) are a sound's features, of which
            ``height`` and ``width`` are (1, F) and (frames, bands).
        features: the output is an activation, pooled or not, and no dense layer or convolution made it: the
            network ends before a head.
        viewed: the shape that the network itself gives to a flat input first; () otherwise.
        reading: what the network says of the range and channel order of its input.
        output_grid: (height, width) where the model answers for each cell of a grid (FOMO), else None.
    """

    format: str
    height: int
    width: int
    channels: int
    outputs: int
    activation: Activation
    head: Head
    layers: tuple[LayerInfo, ...]
    classic: LayerInfo
    fine: LayerInfo | None
    why: str
    sha256: str
    notes: tuple[str, ...] = ()
    output_grid: tuple[int, int] | None = None
    shape: tuple[int, ...] = ()
    viewed: tuple[int, ...] = ()
    reading: InputReading = InputReading()
    features: bool = False

    @property
    def classes(self) -> int:
        """Number of classes: a one-unit sigmoid head has two; a grid of answers has its channels."""
        if self.output_grid is not None:
            return self.outputs // (self.output_grid[0] * self.output_grid[1])
        return 2 if self.outputs == 1 and self.activation == "sigmoid" else self.outputs


@dataclass(frozen=True)
class Explanation:
    """One batch: logits (N, K), embedding (N, D) of the layer below the logits, evidence per map set."""

    logits: Floats
    embedding: Floats
    targets: Targets
    evidence: Mapping[MapSet, CamInput]


class Explainer(Protocol):
    """A model cut at one or two layers. Stateless between calls; one per (model, layers, engine).

    ``engine``, ``notes`` (sentences about it) and ``agreement`` (smallest cosine of its maps with
    TensorFlow's, NaN where nothing was compared) are settled by the first batch.
    """

    info: ModelInfo
    layers: Mapping[MapSet, LayerInfo]

    @property
    def engine(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def agreement(self) -> float: ...

    def predict(self, inputs: Floats) -> Floats:
        """Logits (N, K) of network inputs (N, H, W, C). No gradients."""
        ...

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Logits (N, K) and embeddings (N, D), in one pass that makes nothing for maps.

        An embedding is what the last dense layer sees, flattened (pooled over space when it is 4-D).
        """
        ...

    def explain(
        self,
        inputs: Floats,
        targets: Targets | None = None,
        gradients: Sequence[MapSet] = ("classic", "fine"),
    ) -> Explanation:
        """One pass. ``targets`` (N,) class index, -1 or None = the predicted class; or weights (N, K) of
        the logits, of which the weighted sum is explained.

        ``gradients`` names the map sets that need them; the others get zeros. The target score of a
        one-unit sigmoid head is z for class 1 and -z for class 0.
        """
        ...


class Network(Explainer, Protocol):
    """An explainer of the network itself, before a task wraps it."""

    def surprise(self, inputs: Floats) -> float:
        """How far what the network computes of inputs (N, H, W, C) lies from what it saw in training.

        Divergence, >= 0, of its first normalised features from the mean and variance kept with them;
        NaN where it keeps none. Comparable between scalings of the same pictures only.
        """
        ...


def target_scores(logits: Floats, targets: Targets, activation: Activation) -> Floats:
    """(N,) the logit that is explained; for a one-unit sigmoid head z (class 1) or -z (class 0).

    With weights (N, K) instead of class indices: the weighted sum of the logits.
    """
    if targets.ndim == 2:
        return np.asarray((logits * targets).sum(axis=1), dtype=np.float32)
    if logits.shape[1] == 1:
        sign = np.where(targets == 0, -1.0, 1.0) if activation == "sigmoid" else 1.0
        return np.asarray(logits[:, 0] * sign, dtype=np.float32)
    return np.asarray(logits[np.arange(len(logits)), targets], dtype=np.float32)
