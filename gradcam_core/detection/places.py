"""Cells of a grid's answer as rectangles of the original picture."""

from collections.abc import Sequence

from gradcam_core.detection.cells import Cell
from gradcam_core.types import Geometry

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, shares of the original picture


def rectangles(cells: Sequence[Cell], grid: Cell, where: Geometry) -> list[Rectangle]:
    """One rectangle per cell, cut at the edge of what the model sees."""
    rows = [_axis(row, grid[0], where, 0) for row, _ in cells]
    columns = [_axis(column, grid[1], where, 1) for _, column in cells]
    return [(x[0], y[0], x[1], y[1]) for y, x in zip(rows, columns, strict=True)]


def _axis(place: int, count: int, where: Geometry, axis: int) -> tuple[float, float]:
    first, last = where.content[axis], where.content[axis + 2]
    low, high = where.seen[axis], where.seen[axis + 2]
    ends = []
    for end in (place, place + 1):
        inside = min(max(end * where.target[axis] / count, first), last)
        ends.append((low + (inside - first) * (high - low) / (last - first)) / where.original[axis])
    return ends[0], ends[1]
