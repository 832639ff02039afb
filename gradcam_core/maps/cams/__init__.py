"""CAM methods: (activations, gradients) -> raw map. One NumPy function per file, named by its paper.

A method sees an :class:`CamInput` and returns maps (N, h, w), float32, raw and >= 0, at the
resolution of the activations. Zero gradients give a zero map. One sample alone gives what it gives
in a batch. Nothing here normalises: display does that, scores decide for themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.registry import Registry
from gradcam_core.base.types import Floats, check_array


class TargetScore(Protocol):
    """Forward pass: changed arrays for the rows ``rows`` of the batch -> target score (M,)."""

    def __call__(self, values: Floats, rows: NDArray[np.intp]) -> Floats: ...


@dataclass(frozen=True)
class CamInput:
    """What a method may look at, for one batch of N samples at one layer.

    Attributes:
        activations: (N, h, w, C) float32, the layer's output.
        gradients: (N, h, w, C) float32, d target score / d activation. Zeros where a method does
            not need them (``Method.needs_gradients`` False).
        inputs: (N, H, W, channels) float32, the network input (scaled).
        score: (N,) float32, the target score (logit of the explained class).
        from_activations: runs only the part of the network above the layer.
        from_inputs: runs the whole network.
    """

    activations: Floats
    gradients: Floats
    inputs: Floats
    score: Floats
    from_activations: TargetScore
    from_inputs: TargetScore

    def __post_init__(self) -> None:
        check_array("CamInput.activations", self.activations, 4)
        check_array("CamInput.gradients", self.gradients, 4)


@dataclass(frozen=True)
class Method:
    """A CAM method, its paper, what it needs and what its map may be used for.

    ``class_specific`` False: the map does not depend on the explained class. ``scored`` False: no
    score may be computed from it. ``offered`` False: a task chooses it, nobody else.
    """

    title: str
    paper: str
    compute: Callable[[CamInput], Floats]
    needs_gradients: bool = True
    class_specific: bool = True
    scored: bool = True
    offered: bool = True


CAMS: Registry[Method] = Registry("CAM method", __name__)


def offered() -> list[str]:
    """Names of the methods that people can choose."""
    return [name for name in CAMS if CAMS[name].offered]
