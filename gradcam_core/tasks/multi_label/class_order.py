"""Which output stands for which class, asked of the labels where nobody said it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.stats import binomtest

ALPHA = 0.001  # of the exact McNemar test over (picture, class)
GAIN = 0.05  # share of all (picture, class) that another order must win
FEWEST = 8  # labelled pictures

Answers = NDArray[np.bool_]


def better_order(said: Answers, labels: Answers, known: Answers | None = None) -> NDArray[np.intp] | None:
    """(K,) for each output the class that it fits clearly better than the one of its place, else None.

    Clearly: agreement over all (picture, class) grows by 5 points, exact McNemar p < 0.001.

    Args:
        said: (N, K) which outputs say yes.
        labels: (N, K) which classes are there, in the order that is questioned.
        known: (N, K) of which classes this is known; default: of all.
    """
    if len(said) < FEWEST or said.shape[1] < 2:
        return None
    known = np.ones_like(labels) if known is None else known
    agree = ((said[:, :, None] == labels[:, None, :]) & known[:, None, :]).sum(axis=0)
    agree = agree / np.maximum(known.sum(axis=0), 1)
    order: NDArray[np.intp] = linear_sum_assignment(-agree)[1]
    now, other = said == labels, said == labels[:, order]
    both = known & known[:, order]
    won, lost = int((other & ~now & both).sum()), int((now & ~other & both).sum())
    if won - lost < GAIN * now.size or won == 0:
        return None
    return order if binomtest(won, won + lost, alternative="greater").pvalue < ALPHA else None


def as_flags(sets: Sequence[Sequence[str]], class_names: Sequence[str]) -> Answers:
    """(N, K) bool, which classes are in each set."""
    flags = [[name in one for name in class_names] for one in sets]
    return np.array(flags, dtype=np.bool_).reshape(-1, len(class_names))
