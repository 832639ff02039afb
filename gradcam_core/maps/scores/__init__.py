"""Scores: one number per sample from its raw map and its region, at map resolution. One file each.

Every score is a NumPy function over all samples at once; undefined is NaN, never 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.registry import Registry
from gradcam_core.base.types import Floats, check_array


@dataclass(frozen=True)
class ScoreInput:
    """Maps and regions of N samples on one grid.

    Attributes:
        maps: (N, h, w) float32, raw, >= 0; NaN rows where there is no map.
        cover: (N, h, w) float32 in [0, 1], the share of each cell that the object covers;
            NaN rows where the sample has no region.
    """

    maps: Floats
    cover: Floats

    def __post_init__(self) -> None:
        check_array("ScoreInput.maps", self.maps, 3)
        check_array("ScoreInput.cover", self.cover, 3)
        if self.maps.shape != self.cover.shape:
            raise ValueError(
                f"ScoreInput: expected maps and cover of one shape, "
                f"got {self.maps.shape} and {self.cover.shape}"
            )

    @cached_property
    def heat(self) -> NDArray[np.float64]:
        """(N, h, w) float64 map as shares that sum to 1; NaN rows where the map is empty or flat NaN."""
        positive = np.maximum(self.maps.astype(np.float64), 0)
        peak = positive.max(axis=(1, 2), keepdims=True)
        positive = np.divide(positive, peak, out=np.full_like(positive, np.nan), where=peak > 0)
        return positive / positive.sum(axis=(1, 2), keepdims=True)

    @cached_property
    def area(self) -> NDArray[np.float64]:
        """(N,) the object's share of the picture; NaN without a region."""
        return self.cover.astype(np.float64).mean(axis=(1, 2))


@dataclass(frozen=True)
class Score:
    """One score. ``better`` says which end speaks for the model; ``range`` are its natural ends."""

    title: str
    help: str
    better: Literal["low", "high", "neither"]
    range: tuple[float, float]
    compute: Callable[[ScoreInput], NDArray[np.float64]]
    needs_region: bool = True


SCORES: Registry[Score] = Registry("score", __name__)
