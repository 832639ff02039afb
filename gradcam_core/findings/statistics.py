"""Effect sizes, intervals and tests, from SciPy wherever it has them. Arrays in, numbers out."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from gradcam_core.base import intervals
from gradcam_core.base.types import Doubles
from gradcam_core.runs.findings import UNDEFINED, Interval

SMALLEST_SIDE = 20  # no test below
SMALLEST_FLAG = 30  # no flag below
POWER = 0.8
BATCH = 50  # resamples at a time: bounds memory, gives the same numbers


def cliffs_delta(first: ArrayLike, second: ArrayLike) -> tuple[float, float]:
    """Cliff's delta P(first > second) - P(first < second) = 2 AUC - 1 in [-1, 1], Mann-Whitney's p.

    Undefined values are left out; NaN, NaN below 20 per side ("too few to tell").
    """
    one, two = _finite(first), _finite(second)
    if min(len(one), len(two)) < SMALLEST_SIDE:
        return math.nan, math.nan
    result = stats.mannwhitneyu(one, two)
    return float(2 * result.statistic / (len(one) * len(two)) - 1), float(result.pvalue)


def cliffs_interval(first: ArrayLike, second: ArrayLike, seed: int, resamples: int = 500) -> Interval:
    """Percentile bootstrap interval (95 %) of Cliff's delta; undefined below 20 per side."""
    one, two = _finite(first), _finite(second)
    if min(len(one), len(two)) < SMALLEST_SIDE:
        return UNDEFINED

    def delta(a: Doubles, b: Doubles, axis: int = -1) -> Doubles:
        n, m = a.shape[axis], b.shape[axis]
        ranks = stats.rankdata(np.concatenate([a, b], axis=axis), axis=axis)
        own = np.take(ranks, np.arange(n), axis=axis).sum(axis=axis)
        return np.asarray(2 * (own - n * (n + 1) / 2) / (n * m) - 1)

    return _percentile((one, two), delta, seed, resamples)


def mean_interval(values: ArrayLike, seed: int, resamples: int = 2000) -> Interval:
    """Percentile bootstrap interval (95 %) of the mean; undefined below 20 values."""
    finite = _finite(values)
    if len(finite) < SMALLEST_SIDE:
        return UNDEFINED
    return _percentile((finite,), np.mean, seed, resamples)


def _percentile(data: tuple[NDArray[Any], ...], statistic: object, seed: int, count: int) -> Interval:
    result = stats.bootstrap(
        data,
        statistic,
        n_resamples=count,
        batch=BATCH,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return float(result.low), float(result.high)


def wilson(hits: float, n: float) -> Interval:
    """Wilson score interval (95 %) of a rate; undefined for n = 0. Both may be parts of samples."""
    return intervals.wilson(hits / n, n) if n else UNDEFINED


def newcombe(hits: tuple[float, float], sizes: tuple[float, float]) -> Interval:
    """Interval (95 %) of the difference of two independent rates, first minus second.

    Newcombe (1998), Statistics in Medicine 17:873, method 10, from two Wilson intervals.
    """
    if min(sizes) == 0:
        return UNDEFINED
    return _hybrid(hits[0], hits[1], sizes[0], sizes[1], correlation=0.0)


def paired_interval(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Interval:
    """Interval (95 %) of mean(first) - mean(second) on the same samples.

    Newcombe (1998), Statistics in Medicine 17:2635, method 10 (with its corrected phi).
    """
    n = len(first)
    if n == 0:
        return UNDEFINED
    both, neither = int((first & second).sum()), int((~first & ~second).sum())
    only, other = int((first & ~second).sum()), int((~first & second).sum())
    product = (both + only) * (other + neither) * (both + other) * (only + neither)
    numerator = float(both * neither - only * other)
    if numerator > 0:
        numerator = max(numerator - n / 2, 0.0)
    phi = numerator / math.sqrt(product) if product else 0.0
    return _hybrid(both + only, both + other, n, n, phi)


def _hybrid(hits: float, other: float, n: float, m: float, correlation: float) -> Interval:
    rate, rival = hits / n, other / m
    (low, high), (rival_low, rival_high) = wilson(hits, n), wilson(other, m)
    below, above = rate - low, high - rate
    rival_below, rival_above = rival - rival_low, rival_high - rival
    down = below**2 - 2 * correlation * below * rival_above + rival_above**2
    up = above**2 - 2 * correlation * above * rival_below + rival_below**2
    difference = rate - rival
    return difference - math.sqrt(max(down, 0)), difference + math.sqrt(max(up, 0))


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """One-sided exact McNemar p that ``first`` happens no more often than ``second``; 1 if all agree."""
    only, other = int((first & ~second).sum()), int((~first & second).sum())
    if only + other == 0:
        return 1.0
    return float(stats.binomtest(only, only + other, alternative="greater").pvalue)


def shuffled(
    labels: NDArray[Any], units: NDArray[Any] | None, generator: np.random.Generator
) -> NDArray[Any]:
    """(N,) labels in random order; where all samples of a unit share one, whole units change places."""
    if units is None:
        return generator.permutation(labels)
    _, first, index = np.unique(units.astype(str), return_index=True, return_inverse=True)
    if not (labels[first][index] == labels).all():
        return generator.permutation(labels)
    return np.asarray(generator.permutation(labels[first])[index])


def resampled_interval(values: ArrayLike, units: ArrayLike, seed: int, resamples: int = 2000) -> Interval:
    """Percentile bootstrap interval (95 %) of the mean of ``values`` (N,), whole units drawn at a time.

    Undefined below 20 units.
    """
    sums = pd.Series(np.asarray(values, dtype=np.float64)).groupby(np.asarray(units)).agg(["sum", "size"])
    if len(sums) < SMALLEST_SIDE:
        return UNDEFINED
    total, size = (sums[name].to_numpy(dtype=np.float64) for name in ("sum", "size"))

    def mean(drawn: NDArray[np.intp], axis: int = -1) -> Doubles:
        return np.asarray(total[drawn].sum(axis=axis) / size[drawn].sum(axis=axis))

    return _percentile((np.arange(len(sums)),), mean, seed, resamples)


def resampled_ratio(above: ArrayLike, below: ArrayLike, units: ArrayLike, seed: int) -> Interval:
    """Percentile bootstrap interval (95 %) of sum(above) / sum(below), both (N,), whole units at a time.

    Undefined below 20 units.
    """
    table = pd.DataFrame({"above": np.asarray(above, np.float64), "below": np.asarray(below, np.float64)})
    sums = table.groupby(np.asarray(units)).sum()
    if len(sums) < SMALLEST_SIDE:
        return UNDEFINED
    top, bottom = (sums[name].to_numpy() for name in ("above", "below"))

    def ratio(drawn: NDArray[np.intp], axis: int = -1) -> Doubles:
        return np.asarray(top[drawn].sum(axis=axis) / bottom[drawn].sum(axis=axis))

    return _percentile((np.arange(len(sums)),), ratio, seed, 2000)


def ranked(probabilities: Sequence[float]) -> NDArray[np.intp]:
    """(N,) place 1.. of each p in its family, smallest first and ties alike; 0 for NaN, no test."""
    values = np.asarray(probabilities, dtype=np.float64)
    known = np.isfinite(values)
    out = np.zeros(len(values), dtype=np.intp)
    out[known] = stats.rankdata(values[known], method="min")
    return out


def cramers_v(table: ArrayLike) -> float:
    """Bias-corrected Cramér's V in [0, 1] of counts (Bergsma 2013); NaN with one row or column."""
    counts = np.asarray(table, dtype=np.float64)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    n, (rows, columns) = counts.sum(), counts.shape
    if min(rows, columns) < 2 or n < 2:
        return math.nan
    phi2 = stats.chi2_contingency(counts, correction=False).statistic / n
    phi2 = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    smaller = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1))
    return float(math.sqrt(phi2 / (smaller - 1))) if smaller > 1 else math.nan


def smallest_delta(n: int, m: int, alpha: float = 0.05) -> float:
    """Smallest Cliff's delta that n against m samples show with power 0.8 (Noether 1987)."""
    total = n + m
    if n * m == 0:
        return math.nan
    share = n / total
    z = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(POWER)
    return float(min(1.0, 2 * z / math.sqrt(12 * share * (1 - share) * total)))


def smallest_difference(n: int, control_only: float, alpha: float) -> float:
    """Smallest paired difference of rates shown with power 0.8; NaN for n = 0, 1 where none would do.

    ``control_only`` is the share of samples on which the control alone has the outcome.
    """
    if n == 0:
        return math.nan
    z = stats.norm.ppf(1 - alpha) + stats.norm.ppf(POWER)

    def shortfall(difference: float) -> float:
        spread = 2 * control_only + difference - difference**2
        return float(difference - z * math.sqrt(max(spread, 0) / n))

    return float(optimize.brentq(shortfall, 1e-9, 1.0)) if shortfall(1.0) > 0 else 1.0


def _finite(values: ArrayLike) -> Doubles:
    array = np.asarray(values, dtype=np.float64)
    return array[np.isfinite(array)]
