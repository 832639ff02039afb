"""Far background focus: heat that blur at the object's edge cannot explain."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.maps.scores import SCORES, Score, ScoreInput
from gradcam_core.maps.scores._grid import dilate, outside

MIN_FAR = 0.15  # share of the picture that must lie far from the object


def far_background_focus(data: ScoreInput) -> NDArray[np.float64]:
    """(N,) sum p_i (1 - d_i), d the region grown by one cell; NaN where 1 - mean(d) < 0.15."""
    grown = dilate(data.cover.astype(np.float64))
    far = 1 - grown.mean(axis=(1, 2))
    return np.where(far >= MIN_FAR, outside(data.heat, grown), np.nan)


SCORES.add(
    "far_background_focus",
    Score(
        "Far background focus",
        "Share of the heat further than one map cell from the object. Undefined where hardly any "
        "background lies that far away.",
        "low",
        (0.0, 1.0),
        far_background_focus,
    ),
)
