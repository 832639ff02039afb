"""Probabilities of a grid's cells, and the objects that they make up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import label as components

from gradcam_core.base.types import Cell, Doubles, Geometry, Rectangle
from gradcam_core.images import turned_edges

TOUCHING = np.ones((3, 3), np.intp)
THRESHOLD_KEYS = ("threshold", "min_score", "minConfidenceRating")  # what the user gave comes first
THRESHOLD = 0.5  # Edge Impulse's own where the block has none


@dataclass(frozen=True)
class FoundObject:
    """One object that the model sees: its class (channel, never 0) and its cells, row by row."""

    channel: int
    cells: tuple[Cell, ...]
    score: float  # the highest probability of its cells, as Edge Impulse reports it

    @property
    def centre(self) -> tuple[float, float]:
        """(row, column) of the middle of its cells, in cells: the first cell's middle is (0.5, 0.5)."""
        rows, columns = zip(*self.cells, strict=True)
        return float(np.mean(rows)) + 0.5, float(np.mean(columns)) + 0.5


def threshold(thresholds: Mapping[str, float]) -> float:
    """The lowest probability that counts as an object."""
    return next((thresholds[key] for key in THRESHOLD_KEYS if key in thresholds), THRESHOLD)


def objects(shares: Doubles, lowest: float) -> list[FoundObject]:
    """Objects of one picture, strongest first.

    A cell belongs to the likeliest class other than background if that has at least ``lowest``; cells
    that touch, also at a corner, and belong to one class are one object.

    Args:
        shares: (h, w, K) probabilities, channel 0 background.
        lowest: probability.
    """
    best = 1 + shares[..., 1:].argmax(axis=-1)
    sure = shares[..., 1:].max(axis=-1) >= lowest
    found: list[FoundObject] = []
    for channel in np.unique(best[sure]):
        marked, count = components(sure & (best == channel), TOUCHING)
        for number in range(1, count + 1):
            cells = [(int(row), int(column)) for row, column in np.argwhere(marked == number)]
            score = max(float(shares[(*cell, channel)]) for cell in cells)
            found.append(FoundObject(int(channel), tuple(cells), score))
    return sorted(found, key=lambda one: (-one.score, one.cells))


def to_text(cells: Sequence[Cell]) -> str:
    """Cells as "row,column row,column"."""
    return " ".join(f"{row},{column}" for row, column in cells)


def from_text(text: str) -> tuple[Cell, ...]:
    """The cells of :func:`to_text`."""
    pairs = (one.split(",") for one in text.split())
    return tuple((int(row), int(column)) for row, column in pairs)


def rectangles(cells: Sequence[Cell], grid: Cell, where: Geometry) -> list[Rectangle]:
    """One rectangle per cell, cut at the edge of what the model sees, on the picture as people see it."""
    rows = [_axis(row, grid[0], where, 0) for row, _ in cells]
    columns = [_axis(column, grid[1], where, 1) for _, column in cells]
    edges = [
        turned_edges((y[0], x[0], y[1], x[1]), (1, 1), where.turn)
        for y, x in zip(rows, columns, strict=True)
    ]
    return [(left, top, right, bottom) for top, left, bottom, right in edges]


def _axis(place: int, count: int, where: Geometry, axis: int) -> tuple[float, float]:
    first, last = where.content[axis], where.content[axis + 2]
    low, high = where.seen[axis], where.seen[axis + 2]
    ends = []
    for end in (place, place + 1):
        inside = min(max(end * where.target[axis] / count, first), last)
        ends.append((low + (inside - first) * (high - low) / (last - first)) / where.original[axis])
    return ends[0], ends[1]
