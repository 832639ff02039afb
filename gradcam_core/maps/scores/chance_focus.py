"""Chance: the background focus of a uniform map."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput


def chance_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) 1 - a, a the object's share of the picture."""
    return np.where(data.area > 0, 1 - data.area, np.nan)


SCORES.add(
    "chance_focus",
    Score(
        "Chance",
        "Background focus of a map that is the same everywhere: one minus the object's area.",
        "neither",
        (0.0, 1.0),
        chance_focus,
    ),
)
