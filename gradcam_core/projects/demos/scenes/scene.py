"""One drawn scene and the few things that all renderers share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Picture
from gradcam_core.projects.demos.scenes.draw import Array


@dataclass(frozen=True)
class Scene:
    """A drawn picture with its truth.

    Attributes:
        picture: (H, W, 3) uint8 RGB.
        mask: (H, W) bool, the object, exact.
        cue_box: (top, left, bottom, right) in pixels where the cue is or would be; None when the cue
            is everything outside the object.
    """

    picture: Picture
    mask: NDArray[np.bool_]
    cue_box: tuple[float, float, float, float] | None


def streams(seed: int, count: int) -> list[np.random.Generator]:
    """Independent generators, so that one part can be drawn differently and the others stay equal."""
    return [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(count)]


def to_picture(colours: Array) -> Picture:
    """(H, W, 3) floats 0..1 -> (H, W, 3) uint8, clipped."""
    return (np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)
