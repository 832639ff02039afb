"""Accuracy, medians and means with their 95 % interval; one group against the rest by rank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom, binomtest, bootstrap, norm, rankdata, t

ENOUGH = 20  # below this many samples an interval or a comparison says more than the data do
RESAMPLES = 999
MANY = 1000  # values from which order statistics stand in for the bootstrap
NAN = float("nan")


@dataclass(frozen=True)
class Accuracy:
    """Share of correct predictions, 0..1, with its 95 % Wilson interval; NaN where n is 0.

    ``n`` counts samples with a label and a prediction; ``unlabelled`` and ``unpredicted`` (could
    not be read) are left out of it.
    """

    value: float
    low: float
    high: float
    n: int
    unlabelled: int
    unpredicted: int


def accuracy(table: pd.DataFrame) -> Accuracy:
    """Accuracy over the samples that have both a label and a prediction (Wilson 1927 interval)."""
    known = table["correct"].dropna().astype(bool)
    n, right = len(known), int(known.sum())
    unlabelled = int(table["label"].isna().sum())
    unpredicted = int((table["predicted"].isna() & table["label"].notna()).sum())
    if n == 0:
        nan = float("nan")
        return Accuracy(nan, nan, nan, 0, unlabelled, unpredicted)
    interval = binomtest(right, n).proportion_ci(confidence_level=0.95, method="wilson")
    return Accuracy(right / n, float(interval.low), float(interval.high), n, unlabelled, unpredicted)


def paired_gain(
    other: NDArray[np.bool_], now: NDArray[np.bool_], comparisons: int = 1
) -> tuple[float, float]:
    """95 % interval of the difference ``other`` - ``now`` of two shares measured on the same samples.

    Adjusted Wald (Agresti and Min, Statistics in Medicine 2005); ``comparisons`` intervals hold together
    (Bonferroni).

    Args:
        other, now: (N,) which samples each gets right.
    """
    n, won, lost = len(now) + 2, (other & ~now).sum() + 0.5, (now & ~other).sum() + 0.5
    gain = (won - lost) / n
    error = np.sqrt(max(won + lost - (won - lost) ** 2 / n, 0.0)) / n
    reach = float(norm.isf(0.025 / comparisons) * error)
    return float(gain - reach), float(gain + reach)


def median_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval of the median; NaN below 20 values.

    Percentile bootstrap, seeded; above 1,000 values the binomial interval of order statistics, which the
    bootstrap of a median approaches (Conover 1999, section 3.2) and which needs no resampling.
    """
    if len(values) < ENOUGH:
        return float("nan"), float("nan")
    if len(values) > MANY:
        ends = binom.ppf([0.025, 0.975], len(values), 0.5).astype(int)
        low, high = np.partition(values, ends)[ends]
        return float(low), float(high)
    result = bootstrap(
        (values,),
        np.median,
        n_resamples=RESAMPLES,
        batch=max(1, 2_000_000 // len(values)),
        method="percentile",
        rng=np.random.default_rng(0),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def mean_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval of the mean: percentile bootstrap, seeded; above 1,000 values Student's, which the
    bootstrap of a mean approaches. NaN below 20 values."""
    if len(values) < ENOUGH:
        return NAN, NAN
    if len(values) > MANY:
        error = float(values.std(ddof=1)) / np.sqrt(len(values))
        low, high = t.interval(0.95, len(values) - 1, loc=values.mean(), scale=max(error, 1e-300))
        return float(low), float(high)
    drawn = bootstrap(
        (values,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(0)
    )
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)


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
