"""Pointing game: does the hottest cell touch the object?"""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput


def pointing_hit(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) 1 where a hottest cell touches the object, else 0 (Zhang et al. 2018).

    A cell that touches the region is the pointing game with a tolerance of half a cell around the
    peak; among equal maxima one on the object is enough.
    """
    heat, cover = data.heat, data.cover
    hottest = heat >= heat.max(axis=(1, 2), keepdims=True)
    hit = (hottest & (cover > 1e-6)).any(axis=(1, 2)).astype(np.float64)
    defined = np.isfinite(heat).all(axis=(1, 2)) & (data.area > 0)
    return np.where(defined, hit, np.nan)


SCORES.add(
    "pointing_hit",
    Score(
        "Pointing game",
        "1 where the hottest cell touches the object, 0 where it does not.",
        "high",
        (0.0, 1.0),
        pointing_hit,
    ),
)
