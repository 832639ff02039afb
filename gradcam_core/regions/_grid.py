"""A region as the share of each cell of a grid over the network input."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.regions._raster import render
from gradcam_core.types import Floats, Geometry, Region


def cover(region: Region, where: Geometry, grid: tuple[int, int]) -> Floats:
    """The share of each cell of a grid over the network input that the object covers.

    The exact area average with fractional edges (``Wy m Wx^T``); padding is not object, and what was
    cropped away does not count.

    Args:
        region: shapes in pixels of the original.
        where: how the original became the network input.
        grid: (h, w), e.g. a layer's.

    Returns:
        (h, w) float32 in [0, 1].

    Raises:
        SampleError: as :func:`render`.
    """
    return cover_mask(render(region, where.original), where, grid)


def cover_mask(mask: Floats, where: Geometry, grid: tuple[int, int]) -> Floats:
    """:func:`cover` of an already rendered (H, W) mask."""
    filled = np.flatnonzero(mask.any(axis=1))
    if not filled.size:
        return np.zeros(grid, np.float32)
    top, bottom = int(filled[0]), int(filled[-1]) + 1
    rows = _cell_averages(mask[top:bottom], 0, where, grid[0], top)
    shares = _cell_averages(rows.T, 1, where, grid[1]).T
    return np.clip(shares, 0, 1).astype(np.float32)


def _cell_averages(
    values: NDArray[np.floating], axis: int, where: Geometry, cells: int, first: int = 0
) -> NDArray[np.float64]:
    """(cells, M) averages over grid cells of (length, M) pixels of the original along one axis.

    The pixels begin at ``first``; there is no object before and after them.
    By differences of running sums at the cells' edges: exact, and without a matrix product, whose
    threads cost more than they bring at this size.
    """
    seen, content = (where.seen[axis], where.seen[axis + 2]), (where.content[axis], where.content[axis + 2])
    zoom = (seen[1] - seen[0]) / (content[1] - content[0])
    edges = np.linspace(0, where.target[axis], cells + 1)
    in_original = seen[0] + (np.clip(edges, *content) - content[0]) * zoom
    inside = np.clip(in_original - first, 0, len(values))
    pixel = np.minimum(inside.astype(np.intp), len(values) - 1)
    before = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=before[1:])
    running = before[pixel] + values[pixel] * (inside - pixel)[:, None]
    return np.diff(running, axis=0) / (where.target[axis] / cells * zoom)
