"""Logits -> classes, probabilities and log-odds margins: the only place that knows what a head means.

A one-unit sigmoid head has two classes, and its logit is that of the second. Unlike probabilities, margins
do not saturate. A model that answers for each cell of a grid has logits (N, h*w*K), row by row.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax, logit, logsumexp, softmax

from gradcam_core.base.types import Doubles, Floats

Real = TypeVar("Real", np.float32, np.float64)


def is_regression(outputs: int, activation: str) -> bool:
    """One linear unit: a number, not a class."""
    return outputs == 1 and activation == "linear"


def as_classes(logits: NDArray[Real], activation: str) -> NDArray[Real]:
    """(N, K) -> one column per class, same dtype; a one-unit sigmoid head z becomes (0, z)."""
    if logits.shape[1] == 1 and activation == "sigmoid":
        return np.concatenate([np.zeros_like(logits), logits], axis=1)
    return logits


def predicted_class(logits: NDArray[Real], activation: str) -> NDArray[np.intp]:
    """(N,) class index out of logits (N, K); one-unit sigmoid: 1 where the logit is positive."""
    if logits.shape[1] == 1 and activation == "sigmoid":
        return (logits[:, 0] > 0).astype(np.intp)
    return np.asarray(logits.argmax(axis=1), dtype=np.intp)


def margins(class_logits: NDArray[Real], classes: NDArray[np.intp]) -> Doubles:
    """(N,) z_c - logsumexp of the other classes; +inf where there is only one class, NaN for class -1."""
    rows = np.arange(len(class_logits))
    others = class_logits.astype(np.float64)
    own = others[rows, classes]
    others[rows, classes] = -np.inf
    return np.where(classes < 0, np.nan, own - logsumexp(others, axis=1))


def confidences(class_logits: NDArray[Real], classes: NDArray[np.intp], apart: bool = False) -> Doubles:
    """(N,) 0..1, share of one class per row among all classes, by softmax, logits included.

    ``apart``: every output answers for itself; then the sigmoid of the class's own.
    """
    if apart:
        return np.asarray(expit(class_logits[np.arange(len(classes)), classes].astype(np.float64)))
    shares = np.exp(log_softmax(class_logits.astype(np.float64), axis=1))
    return np.asarray(shares[np.arange(len(shares)), classes])


def probabilities(logits: NDArray[Real], activation: str) -> Doubles:
    """(N, classes) as the head means them: several sigmoid units give each class its own, a linear head
    has none (NaN)."""
    values = logits.astype(np.float64)
    if activation == "softmax":
        return np.asarray(softmax(values, axis=1))
    if activation == "sigmoid":
        own = expit(values)
        return np.concatenate([1 - own, own], axis=1) if own.shape[1] == 1 else np.asarray(own)
    return np.full(values.shape, np.nan)


def cell_logits(logits: Floats, grid: tuple[int, int]) -> Doubles:
    """(N, h*w*K) -> (N, h, w, K)."""
    return logits.reshape(len(logits), *grid, -1).astype(np.float64)


def cell_probabilities(logits: Floats, grid: tuple[int, int], activation: str) -> Doubles:
    """(N, h, w, K) out of logits (N, h*w*K); a linear head is read as ending in logits, as FOMO trains."""
    cells = cell_logits(logits, grid)
    return np.asarray(expit(cells) if activation == "sigmoid" else softmax(cells, axis=-1))


def class_logits(logits: Floats, shares: Floats, activation: str) -> Floats:
    """(N, K) of the classes at the rows' own cells: those of the mean probability over the cells.

    Args:
        logits: (N, h*w*K).
        shares: (N, h, w) from ``tasks.object_detection.rows.cell_shares``.
        activation: of the output.
    """
    found = cell_probabilities(logits, (shares.shape[1], shares.shape[2]), activation)
    mean = np.clip(np.einsum("nhw,nhwk->nk", shares.astype(np.float64), found), 1e-30, 1)
    values = logit(np.minimum(mean, 1 - 1e-9)) if activation == "sigmoid" else np.log(mean)
    return np.asarray(values, dtype=np.float32)


NEVER = -40.0  # logit of classes that a row is not about: a probability of 0, and sums stay finite


def own_class_logits(logits: Floats, own: NDArray[np.intp], limits: Floats) -> Floats:
    """(M, K+1) float32 of rows that are each about one class of several that do not compete.

    The own class has its logit above its limit, "absent", the last column, 0: their softmax is the
    sigmoid, and the larger one is the answer. Other classes have none.

    Args:
        logits: (M, K), one output per class.
        own: (M,) the class of each row.
        limits: (K,) the logit from which a class is said.
    """
    found = np.full((len(logits), logits.shape[1] + 1), NEVER, np.float32)
    rows = np.arange(len(logits))
    found[rows, own] = logits[rows, own] - limits[own]
    found[:, -1] = 0
    return found
