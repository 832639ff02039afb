"""Rows of a run that are objects: their cells in a grid's answer, for edits and trust checks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from gradcam_core.detection.cells import from_text, probabilities
from gradcam_core.types import Floats


def picture_of(sample_id: str) -> str:
    """Id of the picture that a row ("picture#2") is on; the id itself where it has no number."""
    return sample_id.rpartition("#")[0] or sample_id


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


def class_logits(logits: Floats, shares: Floats, activation: str) -> Floats:
    """(N, K) of the classes at the rows' own cells: those of the mean probability over the cells.

    Args:
        logits: (N, h*w*K).
        shares: (N, h, w) from :func:`cell_shares`.
        activation: of the output.
    """
    found = probabilities(logits, (shares.shape[1], shares.shape[2]), activation)
    mean = np.clip(np.einsum("nhw,nhwk->nk", shares.astype(np.float64), found), 1e-30, 1)
    values = logit(np.minimum(mean, 1 - 1e-9)) if activation == "sigmoid" else np.log(mean)
    return np.asarray(values, dtype=np.float32)


def explained_weights(
    shares: Floats, explained: Sequence[str], names: Sequence[str]
) -> NDArray[np.float32]:
    """(N, h*w*K) weights of the logits: 1 at the explained class's in each of a row's cells."""
    weights = np.zeros((*shares.shape, len(names)), np.float32)
    for row, name in enumerate(explained):
        weights[row, ..., names.index(name)] = shares[row] > 0
    return weights.reshape(len(shares), -1)
