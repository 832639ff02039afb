"""A region as the share of each cell of a grid over the network input."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Floats, Geometry, Region
from gradcam_core.images.regions.raster import render
from gradcam_core.images.turning import back, turned, turned_size


def cover(region: Region, where: Geometry, grid: tuple[int, int]) -> Floats:
    """(h, w) float32 in 0..1, the share of each cell of a grid over the network input that is object.

    The exact area average with fractional edges (``Wy m Wx^T``); padding is not object, and what was
    cropped away does not count.

    Args:
        region: shapes in pixels of the original as people see it.
        where: how the original became the network input.
        grid: (h, w), e.g. a layer's.

    Returns:
        (h, w) float32 in [0, 1].

    Raises:
        SampleError: as :func:`render`.
    """
    return cover_mask(render(region, turned_size(where.original, where.turn)), where, grid)


def cover_mask(mask: Floats, where: Geometry, grid: tuple[int, int]) -> Floats:
    """(h, w) float32, :func:`cover` of an already rendered (H, W) mask."""
    return cover_grids(mask, where, [grid])[0]


def cover_grids(mask: Floats, where: Geometry, grids: Sequence[tuple[int, int]]) -> list[Floats]:
    """(h, w) float32 per grid, :func:`cover` of an already rendered (H, W) mask, upright.

    By the integral image (Crow, SIGGRAPH 1984), read between its points: the integral of pixels that are
    constant inside is bilinear between their corners, so this is exact for fractional edges, too.
    """
    as_given = np.ascontiguousarray(turned(np.asarray(mask, np.float32), back(where.turn)))
    integral = cv2.integral(as_given, sdepth=cv2.CV_64F)
    return [_cell_shares(integral, where, grid) for grid in grids]


def _cell_shares(integral: NDArray[np.float64], where: Geometry, grid: tuple[int, int]) -> Floats:
    rows, cell_height = _edges(where, 0, grid[0])
    columns, cell_width = _edges(where, 1, grid[1])
    sums = _between(_between(integral, rows).T, columns).T
    areas = np.diff(np.diff(sums, axis=0), axis=1)
    return np.clip(areas / (cell_height * cell_width), 0, 1).astype(np.float32)


def _edges(where: Geometry, axis: int, cells: int) -> tuple[NDArray[np.float64], float]:
    """(cells + 1,) where the grid's lines lie in the original along one axis, and a cell's length there.

    Padding has no length in the original, but counts as part of its cell.
    """
    seen, content = (where.seen[axis], where.seen[axis + 2]), (where.content[axis], where.content[axis + 2])
    zoom = (seen[1] - seen[0]) / (content[1] - content[0])
    lines = np.clip(np.linspace(0, where.target[axis], cells + 1), *content)
    return seen[0] + (lines - content[0]) * zoom, where.target[axis] / cells * zoom


def _between(values: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """(places, M): ``values`` (length + 1, M) along the first axis at fractional places, linearly."""
    low = np.minimum(places.astype(np.intp), len(values) - 2)
    return values[low] + (values[low + 1] - values[low]) * (places - low)[:, None]
