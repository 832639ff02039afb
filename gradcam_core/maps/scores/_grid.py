"""Small helpers on grids that several scores share."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Doubles


def dilate(cover: Doubles) -> Doubles:
    """(N, h, w) maximum over each cell and its eight neighbours: the object grown by one cell."""
    padded = np.pad(cover, ((0, 0), (1, 1), (1, 1)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return np.asarray(windows.max(axis=(3, 4)), dtype=np.float64)


def ring(height: int, width: int, share: float = 0.08) -> Doubles:
    """(h, w) share of each cell that lies in the outer ring, ``share`` of each axis wide."""

    def inside(cells: int) -> NDArray[np.float64]:
        edges = np.arange(cells + 1) / cells
        return np.diff(np.clip(edges, share, 1 - share)) * cells

    return 1 - np.outer(inside(height), inside(width))


def floor(cover: Doubles) -> Doubles:
    """(N,) background focus of a map equal to the region as this grid sees it: 1 - sum c^2 / sum c."""
    total = cover.sum(axis=(1, 2))
    squares = (cover**2).sum(axis=(1, 2))
    return 1 - np.divide(squares, total, out=np.full_like(total, np.nan), where=total > 0)


def outside(heat: Doubles, cover: Doubles) -> Doubles:
    """(N,) share of the heat outside ``cover``; NaN where either is undefined or the region is empty."""
    share = (heat * (1 - cover)).sum(axis=(1, 2))
    return np.where(cover.sum(axis=(1, 2)) > 0, share, np.nan)
