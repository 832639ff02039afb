"""Each group against all others by rank, with one sort for all groups."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata


class Against(NamedTuple):
    """One group against the rest: Cliff's delta -1..1, p of the two-sided Mann-Whitney test."""

    delta: float
    p: float


def against_rest(values: Mapping[str, NDArray[np.float64]]) -> dict[str, Against]:
    """Mann-Whitney (normal approximation, ties and continuity corrected) of each group against the rest.

    What ``scipy.stats.mannwhitneyu`` gives group by group, which would sort all values once per group.
    """
    whole = np.concatenate(list(values.values()))
    ranks, total = rankdata(whole), len(whole)
    ties = np.unique(whole, return_counts=True)[1].astype(np.float64)
    spread = (total + 1) - (ties**3 - ties).sum() / (total * (total - 1))
    found, start = {}, 0
    for name, part in values.items():
        own, rest = float(len(part)), float(total - len(part))
        u = ranks[start : start + len(part)].sum() - own * (own + 1) / 2
        start += len(part)
        deviation = np.sqrt(own * rest / 12 * spread)
        far = max(abs(u - own * rest / 2) - 0.5, 0.0)
        p = 2 * norm.sf(far / deviation) if deviation > 0 else 1.0
        found[name] = Against(float(2 * u / (own * rest) - 1), float(min(p, 1.0)))
    return found
