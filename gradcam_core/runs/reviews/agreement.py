"""How far reviewers agree beyond chance: Cohen's and Fleiss' kappa with bootstrap intervals. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import bootstrap

from gradcam_core.runs.reviews.acts import Act

FEWEST = 10  # subjects judged by all of a group; below, an interval says more than the data do
RESAMPLES = 999
NAN = float("nan")


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance: 1 always the same verdict, 0 as by chance, below 0 less than that.

    Attributes:
        reviewers: whose.
        value: NaN where it is not defined: nobody judged the same, or all gave one and the same verdict.
        low, high: 95 % interval over the subjects (percentile bootstrap, seeded); NaN below 10 subjects,
            and where somebody always gave the same verdict.
        same: share 0..1 of pairs of verdicts that are equal; NaN without any.
        n: subjects that all of them judged.
    """

    reviewers: tuple[str, ...]
    value: float
    low: float
    high: float
    same: float
    n: int


def verdicts_of(now: Sequence[Act]) -> pd.DataFrame:
    """Subjects as rows, reviewers as columns, verdicts as values, None where none was given."""
    given: dict[str, dict[Any, str]] = {}
    for act in now:
        if act.verdict:
            given.setdefault(act.reviewer, {})[act.subject] = act.verdict
    subjects = list(dict.fromkeys(subject for one in given.values() for subject in one))
    rows = [[one.get(subject) for one in given.values()] for subject in subjects]
    return pd.DataFrame(rows, pd.Index(subjects, tupleize_cols=False), list(given), dtype=object)


def cohens(table: pd.DataFrame) -> list[Kappa]:
    """Cohen's kappa (1960) of every two reviewers, most common subjects first."""
    found = [_kappa(table, pair, cohen) for pair in combinations(map(str, table.columns), 2)]
    return sorted((one for one in found if one.n), key=lambda one: -one.n)


def fleiss(table: pd.DataFrame) -> Kappa | None:
    """Fleiss' kappa (1971) of all reviewers on the subjects that all of them judged; None below three."""
    names = tuple(map(str, table.columns))
    return _kappa(table, names, fleiss_kappa) if len(names) > 2 else None


def _kappa(table: pd.DataFrame, reviewers: tuple[str, ...], measure: Any) -> Kappa:
    both = table[list(reviewers)].dropna()
    codes = pd.factorize(both.to_numpy().ravel())[0].reshape(both.shape).T
    if codes.shape[1] == 0:
        return Kappa(reviewers, NAN, NAN, NAN, NAN, 0)
    pairs = [first == second for first, second in combinations(codes, 2)]
    low, high = _interval(codes, measure) if codes.shape[1] >= FEWEST else (NAN, NAN)
    return Kappa(
        reviewers, float(measure(*codes)), low, high, float(np.mean(pairs)), int(codes.shape[1])
    )  # fmt: skip


def _interval(codes: NDArray[np.intp], measure: Any) -> tuple[float, float]:
    if not np.isfinite(measure(*codes)):
        return NAN, NAN
    drawn = bootstrap(
        tuple(codes), measure, paired=True, vectorized=True, n_resamples=RESAMPLES,
        batch=max(1, 2_000_000 // codes.size), method="percentile", rng=np.random.default_rng(0),
    ).bootstrap_distribution  # fmt: skip
    held = drawn[np.isfinite(drawn)]  # where a resample holds one verdict only, kappa is not defined
    if np.ptp(held) == 0:  # somebody gave one and the same verdict always: how often by luck cannot be told
        return NAN, NAN
    return float(np.quantile(held, 0.025)), float(np.quantile(held, 0.975))


def cohen(first: NDArray[np.intp], second: NDArray[np.intp], axis: int = -1) -> Any:
    """(…) float, kappa of two reviewers' verdicts (…, N) along ``axis``; NaN where chance explains all."""
    kinds = range(int(max(first.max(), second.max())) + 1)
    same = (first == second).mean(axis=axis)
    chance = sum((first == kind).mean(axis=axis) * (second == kind).mean(axis=axis) for kind in kinds)
    return _beyond(same, chance)


def fleiss_kappa(*verdicts: NDArray[np.intp], axis: int = -1) -> Any:
    """(…) float, kappa of several reviewers' verdicts (…, N) along ``axis``; NaN as in :func:`cohen`."""
    kinds = range(int(max(one.max() for one in verdicts)) + 1)
    raters = len(verdicts)
    counts = [sum((one == kind).astype(np.float64) for one in verdicts) for kind in kinds]
    squares = sum(count**2 for count in counts)
    same = ((squares - raters) / (raters * (raters - 1))).mean(axis=axis)
    chance = sum((count.mean(axis=axis) / raters) ** 2 for count in counts)
    return _beyond(same, chance)


def _beyond(same: Any, chance: Any) -> Any:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isclose(chance, 1), np.nan, (same - chance) / (1 - chance))[()]


def disagreement(given: Mapping[str, str]) -> float:
    """Share 0..1 of the pairs of reviewers whose verdicts (reviewer -> word) differ; 0 below two."""
    pairs = list(combinations(given.values(), 2))
    return sum(first != second for first, second in pairs) / len(pairs) if pairs else 0.0
