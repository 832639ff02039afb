"""Border focus: heat along the picture's edge, where frames, rulers and padding are."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput
from gradcam_core.maps.scores._grid import ring


def border_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) share of the heat in the outer ring, 8 % of each axis wide, edge cells counted in part."""
    return (data.heat * ring(*data.maps.shape[1:])).sum(axis=(1, 2))


SCORES.add(
    "border_focus",
    Score(
        "Border focus",
        "Share of the heat in the outer ring of the picture (8 % wide, 29 % of a square's area).",
        "low",
        (0.0, 1.0),
        border_focus,
        needs_region=False,
    ),
)
