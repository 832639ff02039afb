"""Log-odds margins: how far a class leads over all others. Unlike probabilities they don't saturate."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from gradcam_core.types import Floats


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
