"""What a search hands over: a hint, and the suspicion that an edit should test."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.suspicion import CueSource, Place, Suspicion
from gradcam_core.findings.material import Hint


@dataclass(frozen=True)
class Lead:
    """``suspicion`` is None where there is nothing to edit."""

    hint: Hint
    suspicion: Suspicion | None = None


def suspected(hint: Hint, boxes: Mapping[str, Place], source: CueSource, strength: float) -> Lead:
    """The hint with the suspicion that it names.

    Args:
        hint: with ``suspicion``, flag, label, samples and statement.
        boxes: sample id -> where it lies.
        source: which search noticed it.
        strength: see :class:`Suspicion`.
    """
    suspicion = Suspicion(
        id=hint.suspicion,
        flag=hint.flag,
        label=hint.label,
        samples=hint.samples,
        boxes=boxes,
        strength=strength,
        statement=hint.statement,
        source=source,
    )
    return Lead(hint, suspicion)


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
