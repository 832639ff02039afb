"""Scores of stored maps and regions, and in words why one is undefined. Pure.

Audits use it, and regions that people draw afterwards.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.scores import SCORES, ScoreInput

ScoreColumns = dict[str, list[Any]]  # score -> one value per row
FLAT = 1e-5  # a map whose spread is below this share of its maximum shows nothing

NO_REGION = "no region: the object's place is not annotated"
NO_OBJECT = "no object: the region lies outside what the model sees"
TOO_LARGE = "no focus ruler: object and background cannot be told apart on this grid"
BAD_MAPS = {
    "empty map": "empty map: no evidence for the class anywhere",
    "flat map": "flat map: the same everywhere",
    "non-finite map": "non-finite map: the model's output or gradient is not a number",
}
NO_FAR = "no far background: the object and its surroundings fill the picture"
OF_REGION = (NO_REGION, NO_OBJECT, TOO_LARGE, NO_FAR)
"""Reasons that another region may do away with."""


def map_status(maps: Floats, readable: Sequence[bool]) -> list[str]:
    """Status per map (N, h, w): ok, unreadable, non-finite map, empty map or flat map."""

    def one(heat: Floats, is_readable: bool) -> str:
        if not is_readable:
            return "unreadable"
        if not np.isfinite(heat).all():
            return "non-finite map"
        if not (heat > 0).any():
            return "empty map"
        return "flat map" if np.ptp(heat) <= FLAT * heat.max() else "ok"

    return [one(heat, ok) for heat, ok in zip(maps, readable, strict=True)]


def score_columns(maps: Floats, cover: Floats, status: Sequence[str], scored: bool) -> ScoreColumns:
    """Every registered score; NaN where the map has no usable status or may not be scored."""
    usable = np.array([one == "ok" for one in status]) & scored
    data = ScoreInput(np.where(usable[:, None, None], maps, np.nan).astype(np.float32), cover)
    return {name: list(score.compute(data)) for name, score in SCORES.items()}


def region_reasons(columns: ScoreColumns, source: Sequence[str], status: Sequence[str]) -> list[list[str]]:
    """Why a row's scores are undefined, in words."""

    def one(row: int) -> list[str]:
        if source[row] == "none":
            return [NO_REGION]
        if np.isnan(columns["chance_focus"][row]):
            return [NO_OBJECT]
        undefined = (("normalized_background_focus", TOO_LARGE), ("far_background_focus", NO_FAR))
        return [why for name, why in undefined if np.isnan(columns[name][row])]

    return [
        one(row) if status[row] == "ok" else [BAD_MAPS[status[row]]] if status[row] in BAD_MAPS else []
        for row in range(len(status))
    ]
