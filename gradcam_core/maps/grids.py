"""Grids of one size as grids of another."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Doubles


def averaged(grid: NDArray[np.number], size: tuple[int, int]) -> Doubles:
    """(N, H, W) -> (N, h, w) exact area averages, cells cut where they have to be."""
    rows, columns = _weights(grid.shape[1], size[0]), _weights(grid.shape[2], size[1])
    return np.einsum("ai,nij,bj->nab", rows, grid.astype(np.float64), columns, optimize=True)


def _weights(source: int, target: int) -> Doubles:
    """(target, source) share of each target cell that each source cell fills; rows sum to one."""
    edges, cuts = np.arange(source + 1) / source, np.arange(target + 1) / target
    low = np.maximum(edges[None, :-1], cuts[:-1, None])
    high = np.minimum(edges[None, 1:], cuts[1:, None])
    return np.clip(high - low, 0, None) * target
