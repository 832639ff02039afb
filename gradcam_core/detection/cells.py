"""Probabilities of a grid's cells, and the objects that they make up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label as components
from scipy.special import expit, softmax

from gradcam_core.detection import THRESHOLD
from gradcam_core.types import Floats

Cell = tuple[int, int]  # row, column
Shares = NDArray[np.float64]
TOUCHING = np.ones((3, 3), np.intp)
THRESHOLD_KEYS = ("threshold", "min_score", "minConfidenceRating")  # what the user gave comes first


@dataclass(frozen=True)
class Found:
    """One object that the model sees: its class (channel, never 0) and its cells, row by row."""

    channel: int
    cells: tuple[Cell, ...]
    score: float  # the highest probability of its cells, as Edge Impulse reports it

    @property
    def centre(self) -> tuple[float, float]:
        """(row, column) of the middle of its cells, in cells: the first cell's middle is (0.5, 0.5)."""
        rows, columns = zip(*self.cells, strict=True)
        return float(np.mean(rows)) + 0.5, float(np.mean(columns)) + 0.5


def on_grid(logits: Floats, grid: tuple[int, int]) -> NDArray[np.float64]:
    """(N, h*w*K) -> (N, h, w, K)."""
    return logits.reshape(len(logits), *grid, -1).astype(np.float64)


def probabilities(logits: Floats, grid: tuple[int, int], activation: str) -> Shares:
    """(N, h, w, K) out of logits (N, h*w*K); a linear head is read as ending in logits, as FOMO trains."""
    cells = on_grid(logits, grid)
    return np.asarray(expit(cells) if activation == "sigmoid" else softmax(cells, axis=-1))


def threshold(thresholds: Mapping[str, float]) -> float:
    """The lowest probability that counts as an object."""
    return next((thresholds[key] for key in THRESHOLD_KEYS if key in thresholds), THRESHOLD)


def objects(shares: Shares, lowest: float) -> list[Found]:
    """Objects of one picture, strongest first.

    A cell belongs to the likeliest class other than background if that has at least ``lowest``; cells
    that touch, also at a corner, and belong to one class are one object.

    Args:
        shares: (h, w, K) probabilities, channel 0 background.
        lowest: probability.
    """
    best = 1 + shares[..., 1:].argmax(axis=-1)
    sure = shares[..., 1:].max(axis=-1) >= lowest
    found: list[Found] = []
    for channel in np.unique(best[sure]):
        marked, count = components(sure & (best == channel), TOUCHING)
        for number in range(1, count + 1):
            cells = [(int(row), int(column)) for row, column in np.argwhere(marked == number)]
            score = max(float(shares[(*cell, channel)]) for cell in cells)
            found.append(Found(int(channel), tuple(cells), score))
    return sorted(found, key=lambda one: (-one.score, one.cells))


def to_text(cells: Sequence[Cell]) -> str:
    """Cells as "row,column row,column"."""
    return " ".join(f"{row},{column}" for row, column in cells)


def from_text(text: str) -> tuple[Cell, ...]:
    """The cells of :func:`to_text`."""
    pairs = (one.split(",") for one in text.split())
    return tuple((int(row), int(column)) for row, column in pairs)
