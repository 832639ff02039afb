"""Rows of a run that are objects: their cells in a grid's answer, for edits and trust checks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Floats
from gradcam_core.tasks.object_detection.cells import from_text


def cell_shares(texts: Sequence[str], grid: tuple[int, int]) -> Floats:
    """(N, h, w) that sum to 1: equal shares of a row's own cells, of all cells where it has none."""
    shares = np.zeros((len(texts), *grid), np.float32)
    for share, text in zip(shares, texts, strict=True):
        cells = from_text(text)
        if not cells:
            share[:] = 1
        for cell in cells:
            share[cell] = 1
    return shares / shares.sum(axis=(1, 2), keepdims=True)


def explained_weights(
    shares: Floats, explained: Sequence[str], names: Sequence[str]
) -> NDArray[np.float32]:
    """(N, h*w*K) weights of the logits: 1 at the explained class's in each of a row's cells."""
    weights = np.zeros((*shares.shape, len(names)), np.float32)
    for row, name in enumerate(explained):
        weights[row, ..., names.index(name)] = shares[row] > 0
    return weights.reshape(len(shares), -1)
