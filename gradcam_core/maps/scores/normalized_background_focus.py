"""Background focus on a ruler with two anchors: the grid's floor and a uniform map."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput
from gradcam_core.maps.scores._grid import floor, outside

MAX_AREA = 0.9  # above it hardly any background is left to look at
MIN_SPAN = 0.1  # chance minus floor; below it the ruler has no room


def normalized_background_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) (BF - F0) / (U - F0) up to chance U, 1 + (BF - U) / (1 - U) above it.

    0: as tight as the grid allows, 1: no better than a uniform map, 2: everything on the background;
    slightly below 0 is possible. NaN where the object covers more than 90 % or U - F0 < 0.1.
    """
    cover = data.cover.astype(np.float64)
    focus, lowest, chance = outside(data.heat, cover), floor(cover), 1 - data.area
    span = chance - lowest
    usable = (data.area <= MAX_AREA) & (span >= MIN_SPAN)
    safe_span, safe_area = np.where(usable, span, np.nan), np.where(usable, data.area, np.nan)
    below = (focus - lowest) / safe_span
    above = 1 + (focus - chance) / safe_area
    return np.where(focus <= chance, below, above)


SCORES.add(
    "normalized_background_focus",
    Score(
        "Focus ruler",
        "Background focus between its anchors: 0 as tight as this grid allows, 1 no better than a "
        "uniform map, 2 all heat on the background.",
        "low",
        (0.0, 2.0),
        normalized_background_focus,
    ),
)
