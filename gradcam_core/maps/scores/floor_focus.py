"""Floor: the best background focus that a grid allows."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput
from gradcam_core.maps.scores._grid import floor


def floor_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) 1 - sum c^2 / sum c: the score of a map equal to the region as the grid sees it."""
    return floor(data.cover.astype(np.float64))


SCORES.add(
    "floor_focus",
    Score(
        "Floor",
        "Background focus of a map that follows the object as closely as this grid allows. "
        "Cells at the object's edge always hold some background.",
        "neither",
        (0.0, 1.0),
        floor_focus,
    ),
)
