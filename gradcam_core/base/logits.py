"""Log-odds margins: how far a class leads over all others. Unlike probabilities they don't saturate."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, logsumexp, softmax

from gradcam_core.base.types import Floats


def is_regression(outputs: int, activation: str) -> bool:
    """One linear unit: a number, not a class."""
    return outputs == 1 and activation == "linear"


def as_classes(logits: Floats, activation: str) -> Floats:
    """(N, K) -> one column per class; a one-unit sigmoid head z becomes (0, z)."""
    if logits.shape[1] == 1 and activation == "sigmoid":
        return np.concatenate([np.zeros_like(logits), logits], axis=1)
    return logits


def margins(class_logits: Floats, classes: NDArray[np.intp]) -> NDArray[np.float64]:
    """(N,) z_c - logsumexp of the other classes; +inf where there is only one class, NaN for class -1."""
    rows = np.arange(len(class_logits))
    others = class_logits.astype(np.float64)
    own = others[rows, classes]
    others[rows, classes] = -np.inf
    result = own - logsumexp(others, axis=1)
    return np.where(classes < 0, np.nan, result)


def on_grid(logits: Floats, grid: tuple[int, int]) -> NDArray[np.float64]:
    """(N, h*w*K) -> (N, h, w, K)."""
    return logits.reshape(len(logits), *grid, -1).astype(np.float64)


def probabilities(logits: Floats, grid: tuple[int, int], activation: str) -> NDArray[np.float64]:
    """(N, h, w, K) out of logits (N, h*w*K); a linear head is read as ending in logits, as FOMO trains."""
    cells = on_grid(logits, grid)
    return np.asarray(expit(cells) if activation == "sigmoid" else softmax(cells, axis=-1))


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
