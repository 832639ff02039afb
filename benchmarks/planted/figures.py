"""The report's arithmetic: shares with exact intervals, ranks, areas. Undefined is NaN."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score


@dataclass(frozen=True)
class Share:
    """``hits`` out of ``n`` with the exact (Clopper-Pearson) two-sided 95 % interval."""

    hits: int
    n: int

    @property
    def rate(self) -> float:
        return self.hits / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return float("nan"), float("nan")
        bounds = stats.binomtest(self.hits, self.n).proportion_ci(0.95, method="exact")
        return float(bounds.low), float(bounds.high)

    def __str__(self) -> str:
        """For example "18 of 20 (90 %, 68–99)"; "none" where there was nothing to count."""
        if not self.n:
            return "none"
        low, high = self.interval
        return f"{self.hits} of {self.n} ({100 * self.rate:.0f} %, {100 * low:.0f}–{100 * high:.0f})"


def share(flags: Sequence[bool]) -> Share:
    """How many are True."""
    return Share(sum(bool(flag) for flag in flags), len(flags))


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the ROC curve; NaN with an empty side. Undefined scores count as the lowest."""
    if not positive or not negative:
        return float("nan")
    scores = np.nan_to_num(np.array([*positive, *negative], dtype=float), nan=-1e9)
    return float(roc_auc_score([1] * len(positive) + [0] * len(negative), scores))


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's correlation over the pairs where both are defined; NaN below three pairs."""
    pairs = np.array([first, second], dtype=float).T.reshape(-1, 2)
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    if len(pairs) < 3 or (np.ptp(pairs, axis=0) == 0).any():
        return float("nan")
    return float(stats.spearmanr(pairs[:, 0], pairs[:, 1]).statistic)
