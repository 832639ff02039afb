"""Background focus: the complement of the energy-based pointing game."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput
from gradcam_core.maps.scores._grid import outside


def background_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) sum p_i (1 - c_i): 1 - EBPG (Wang et al. 2020, section 4.3), on the map's own grid."""
    return outside(data.heat, data.cover.astype(np.float64))


SCORES.add(
    "background_focus",
    Score(
        "Background focus",
        "Share of the positive heat that lies outside the object. Read it beside chance and floor: "
        "small objects score higher for the same behaviour.",
        "low",
        (0.0, 1.0),
        background_focus,
    ),
)
