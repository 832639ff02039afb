"""Concentration: how few cells hold the heat."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput


def concentration(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) 1 - H / ln(cells), H = -sum p ln p (Bhatt et al. 2020): 0 uniform, 1 a single cell."""
    heat = data.heat
    cells = heat.shape[1] * heat.shape[2]
    terms = heat * np.log(np.where(heat > 0, heat, 1.0))
    return 1 + terms.sum(axis=(1, 2)) / np.log(cells)


SCORES.add(
    "concentration",
    Score(
        "Concentration",
        "0: heat spread evenly over the picture. 1: all heat in one cell. Not comparable between "
        "grids of different size.",
        "neither",
        (0.0, 1.0),
        concentration,
        needs_region=False,
    ),
)
