"""Scores of the synthetic runs, worked out plainly and apart from the library's own."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCORES: Mapping[str, dict[str, Any]] = {
    "background_focus": {
        "title": "Background focus", "help": "Share of the positive heat outside the object.",
        "better": "low", "range": [0.0, 1.0],
    },
    "normalized_background_focus": {
        "title": "Focus ruler", "help": "0 as tight as the grid allows, 1 uniform, 2 all background.",
        "better": "low", "range": [0.0, 2.0],
    },
    "far_background_focus": {
        "title": "Far background focus", "help": "Share of the heat further than one cell from the object.",
        "better": "low", "range": [0.0, 1.0],
    },
    "pointing_hit": {
        "title": "Pointing hit", "help": "1 where the hottest point lies on the object.",
        "better": "high", "range": [0.0, 1.0],
    },
    "border_focus": {
        "title": "Border focus", "help": "Share of the heat in the outer ring of the picture.",
        "better": "low", "range": [0.0, 1.0],
    },
    "concentration": {
        "title": "Concentration", "help": "0 uniform, 1 all heat in one cell.",
        "better": "neither", "range": [0.0, 1.0],
    },
}  # fmt: skip


def compute(maps: NDArray[np.float64], cover: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    heat = maps / maps.sum(axis=(1, 2), keepdims=True)
    outside = (heat * (1 - cover)).sum(axis=(1, 2))
    chance = 1 - cover.mean(axis=(1, 2))
    floor = 1 - cover.max(axis=(1, 2))
    below = (outside - floor) / (chance - floor)
    focus = np.where(outside <= chance, below, 1 + (outside - chance) / (1 - chance))
    n, hottest = len(maps), maps.reshape(len(maps), -1).argmax(axis=1)
    ring = np.ones(maps.shape[1:], dtype=bool)
    ring[1:-1, 1:-1] = False
    return {
        "background_focus": outside,
        "chance_focus": chance,
        "floor_focus": floor,
        "normalized_background_focus": np.clip(focus, 0, 2),
        "far_background_focus": (heat * (cover == 0)).sum(axis=(1, 2)),
        "pointing_hit": (cover.reshape(n, -1)[np.arange(n), hottest] > 0.5).astype(np.float64),
        "border_focus": heat[:, ring].sum(axis=1),
        "concentration": heat.max(axis=(1, 2)),
    }


REGION_SCORES = (
    "background_focus", "chance_focus", "floor_focus", "normalized_background_focus",
    "far_background_focus", "pointing_hit",
)  # fmt: skip


def described(column: str) -> dict[str, Any]:
    """The manifest's entry of a score column."""
    entry = SCORES[column.removeprefix("fine_")]
    return {**entry, "title": entry["title"] + (" (fine map)" if column.startswith("fine_") else "")}
