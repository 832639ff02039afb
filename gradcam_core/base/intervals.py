"""Accuracy, medians, means and paired differences with their 95 % interval; a group against the rest; q."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom, bootstrap, false_discovery_control, norm, rankdata, t

from gradcam_core.base.units import units_of

ENOUGH = 20  # below this many samples an interval or a comparison says more than the data do
RESAMPLES = 999
MANY = 1000  # values from which order statistics stand in for the bootstrap
FEWEST_HEAPED, HEAP, VALLEY = 50, 0.2, 0.05  # values; share of each heap; share between them
NAN = float("nan")


@dataclass(frozen=True)
class Accuracy:
    """Share of correct predictions, 0..1, with its 95 % Wilson interval; NaN where n is 0.

    Where samples belong to patients, scenes or pictures the interval counts what those are worth.

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
    """Accuracy over the samples that have both a label and a prediction (Wilson 1927 interval).

    Of samples in groups, the interval is that of the effective number of samples (Korn and Graubard 1998).
    """
    known = table["correct"].dropna().astype(bool)
    n, right = len(known), int(known.sum())
    unlabelled = int(table["label"].isna().sum())
    unpredicted = int((table["predicted"].isna() & table["label"].notna()).sum())
    if n == 0:
        nan = float("nan")
        return Accuracy(nan, nan, nan, 0, unlabelled, unpredicted)
    units = units_of(table)[0]
    worth = n if units is None else effective(known.to_numpy(), units[table["correct"].notna().to_numpy()])
    low, high = wilson(right / n, worth)
    return Accuracy(right / n, low, high, n, unlabelled, unpredicted)


def wilson(share: float, n: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share 0..1 of ``n`` samples, which need not be a whole number."""
    z = float(norm.ppf(0.975))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def effective(values: NDArray[np.bool_] | NDArray[np.float64], units: NDArray[np.object_]) -> float:
    """How many independent samples (N,) values in groups are worth: n over the design effect of their mean.

    At least 1, at most N. Where nothing varies one sample per group is counted.
    """
    groups = pd.factorize(units)[0]
    n, count, mean = len(values), int(groups.max()) + 1, float(values.mean())
    spread = float(np.var(values))
    if spread == 0 or count < 2:
        return float(count)
    residual = np.bincount(groups, weights=values - mean)
    variance = float((residual**2).sum()) / n**2 * count / (count - 1)
    return float(np.clip(spread / max(variance, 1e-12), 1.0, n))


class Shift(NamedTuple):
    """Mean of paired differences with its 95 % interval and two-sided p; n of them. NaN where too few."""

    value: float
    low: float
    high: float
    p: float
    n: int


def paired_shift(
    differences: NDArray[np.float64],
    units: NDArray[np.object_] | None = None,
    reach: float = 0.0,
    comparisons: int = 1,
) -> Shift:
    """Mean of differences measured twice on the same samples, with a Wald interval.

    Where differences are bounded it is the adjusted one of Agresti and Min (Statistics in Medicine 2005):
    half a sample of either extreme and a sample without a difference are added, so that it has a
    width even where all agree. Of samples in groups the interval counts what those are worth.

    Args:
        differences: (N,) second minus first; undefined ones are left out.
        units: (N,) the patient, scene or picture of each; None where every sample stands alone.
        reach: the largest difference that there can be: 1 of shares; 0 where there is no bound.
        comparisons: so many intervals hold together (Bonferroni).
    """
    known = np.isfinite(differences)
    values = np.asarray(differences[known], dtype=np.float64)
    if not len(values):
        return Shift(NAN, NAN, NAN, NAN, 0)
    mean = float(values.mean())
    worth = float(len(values)) if units is None else effective(values, units[known])
    if not reach and worth < ENOUGH:
        return Shift(mean, NAN, NAN, NAN, len(values))
    n = worth + (2 if reach else 0)
    middle = mean * worth / n
    square = (float((values**2).mean()) * worth + reach**2) / n
    error = float(np.sqrt(max(square - middle**2, 0.0) / n))
    far = float(norm.isf(0.025 / comparisons)) * error
    p = float(2 * norm.sf(abs(middle) / error)) if error else float(middle == 0)
    ends = np.clip([middle - far, middle + far], -(reach or np.inf), reach or np.inf)
    return Shift(mean, float(ends[0]), float(ends[1]), p, len(values))


def paired_gain(
    other: NDArray[np.bool_], now: NDArray[np.bool_], comparisons: int = 1
) -> tuple[float, float]:
    """95 % interval of the difference ``other`` - ``now`` of two shares measured on the same samples.

    As :func:`paired_shift` has it; ``comparisons`` intervals hold together (Bonferroni).

    Args:
        other, now: (N,) which samples each gets right.
    """
    found = paired_shift(other.astype(np.float64) - now, reach=1.0, comparisons=comparisons)
    return found.low, found.high


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


def two_heaps(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The lower and the higher heap of values (N,) that fall into two, else None; then a median lies.

    Split where the variance within both parts is least (Otsu 1979). Two heaps: from 50 values, a fifth in
    each, and hardly any value (5 %) in the middle third between their medians, where even spread would have
    17 % and a bell 18 %.
    """
    ordered = np.sort(values[np.isfinite(values)])
    n = len(ordered)
    if n < FEWEST_HEAPED:
        return None
    sums, sizes = np.cumsum(ordered)[:-1], np.arange(1, n)
    between = (sums * n - sizes * ordered.sum()) ** 2 / (sizes * (n - sizes))
    cut = int(between.argmax()) + 1
    low, high = ordered[:cut], ordered[cut:]
    first, second = np.median(low), np.median(high)
    third = (second - first) / 3
    middle = float(((ordered > first + third) & (ordered < second - third)).mean())
    apart = third > 0 and middle <= VALLEY and min(len(low), len(high)) >= HEAP * n
    return (low, high) if apart else None


def adjusted(probabilities: Sequence[float]) -> NDArray[np.float64]:
    """(N,) float64, Benjamini-Hochberg q per p; NaN entries are no tests and stay NaN."""
    values = np.asarray(probabilities, dtype=np.float64)
    known = np.isfinite(values)
    out = np.full_like(values, np.nan)
    if known.any():
        out[known] = false_discovery_control(values[known])
    return out


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
