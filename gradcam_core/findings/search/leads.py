"""What a search hands over: a hint, and the suspicion that an edit should test."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Suspicion
from gradcam_core.findings.material import Hint

Place = tuple[float, float, float, float]


@dataclass(frozen=True)
class Lead:
    """``suspicion`` is None where there is nothing to edit."""

    hint: Hint
    suspicion: Suspicion | None = None


def box_of(cells: NDArray[np.bool_]) -> Place:
    """(top, left, bottom, right) as shares of the picture around the True cells."""
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    height, width = cells.shape
    return (
        float(rows[0] / height),
        float(columns[0] / width),
        float((rows[-1] + 1) / height),
        float((columns[-1] + 1) / width),
    )
