"""A Gaussian mixture over the features of normal cells; a cell's score is how unlikely it is.

Plain arrays and NumPy alone: a mixture is fitted once (``fitting``), kept with the run and sent to workers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from gradcam_core.base.types import Doubles, Floats


@dataclass(frozen=True)
class Mixtures:
    """F mixtures of M components over C features projected to D; F is 2 where halves score each other.

    Attributes:
        centre, scale: (F, C) of the normal cells.
        projection: (C, D), a random one (Johnson and Lindenstrauss 1984); the identity where C is small.
        weights: (F, M).
        means: (F, M, D).
        roots: (F, M, D, D), Cholesky factors of the precisions, as scikit-learn has them.
        middle, spread: (F,) mean and standard deviation of -log likelihood on held-out normal cells.
        floor: the score below which four fifths of the held-out normal cells lie.
    """

    centre: Doubles
    scale: Doubles
    projection: Doubles
    weights: Doubles
    means: Doubles
    roots: Doubles
    middle: Doubles
    spread: Doubles
    floor: float

    def scores(self, features: Floats, fold: NDArray[np.intp]) -> Floats:
        """(N, h, w) standard deviations above the mean of held-out normal cells.

        Args:
            features: (N, h, w, C).
            fold: (N,) which mixture scores the picture; ignored where there is one.
        """
        count = len(self.weights)
        result = np.empty(features.shape[:3], np.float32)
        for number in range(count):
            rows = np.flatnonzero(fold == number) if count > 1 else np.arange(len(features))
            cells = features[rows].reshape(-1, features.shape[-1]).astype(np.float64)
            unlikely = (self.surprise(cells, number) - self.middle[number]) / self.spread[number]
            result[rows] = unlikely.reshape(len(rows), *features.shape[1:3])
        return result

    def surprise(self, cells: Doubles, number: int) -> Doubles:
        """(n,) -log likelihood of cells (n, C) under mixture ``number``."""
        points = ((cells - self.centre[number]) / self.scale[number]) @ self.projection
        parts = []
        for weight, mean, root in zip(
            self.weights[number], self.means[number], self.roots[number], strict=True
        ):
            squares = (((points - mean) @ root) ** 2).sum(axis=1)
            volume = np.log(np.diag(root)).sum() - 0.5 * len(mean) * np.log(2 * np.pi)
            parts.append(np.log(weight) + volume - 0.5 * squares)
        return -np.asarray(logsumexp(parts, axis=0), np.float64)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Name -> array, means (k, C), weights (k,), ...: all that :func:`restored` needs."""
        return {one.name: np.asarray(getattr(self, one.name)) for one in fields(self)}


def restored(arrays: Mapping[str, NDArray[Any]]) -> Mixtures:
    """The way back of :meth:`Mixtures.arrays`."""
    plain = {one.name: np.asarray(arrays[one.name], np.float64) for one in fields(Mixtures)}
    return Mixtures(**{**plain, "floor": float(plain["floor"])})  # type: ignore[arg-type]
