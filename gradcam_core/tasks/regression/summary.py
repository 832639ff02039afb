"""How far numbers lie from their targets: mean absolute error, share within a tolerance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.base.intervals import NAN, mean_interval


@dataclass(frozen=True)
class Misses:
    """Mean absolute error with its 95 % interval (NaN below 20 samples), and how many answers are right.

    ``bias`` is the mean signed error, output - target. ``n`` counts samples with a target and an output;
    ``within`` of them miss by no more than the tolerance; ``unlabelled`` have no target.
    """

    mean: float
    low: float
    high: float
    bias: float
    within: int
    n: int
    unlabelled: int


def misses(table: pd.DataFrame) -> Misses:
    """Over the columns ``error``, ``correct`` and ``target`` of a regression's table."""
    errors = table["error"].dropna().to_numpy(dtype=np.float64)
    unlabelled = int(table["target"].isna().sum())
    if not len(errors):
        return Misses(NAN, NAN, NAN, NAN, 0, 0, unlabelled)
    size = np.abs(errors)
    low, high = mean_interval(size)
    within = int(table["correct"].dropna().astype(bool).sum())
    return Misses(float(size.mean()), low, high, float(errors.mean()), within, len(errors), unlabelled)


def number_points(table: pd.DataFrame) -> pd.DataFrame:
    """sample_id, target, output, correct of the samples that have both numbers."""
    known = table["error"].notna()
    found = table.loc[known, ["sample_id", "target", "output", "correct"]].reset_index(drop=True)
    return found.astype({"sample_id": str, "correct": bool})


def miss_bins(errors: pd.Series, tolerance: float, most: int = 40) -> pd.DataFrame:
    """Bins (low, high, n) of signed errors; 0 and, where they are narrow, the tolerance are edges."""
    values = errors.dropna().to_numpy(dtype=np.float64)
    if not len(values):
        return pd.DataFrame({"low": [], "high": [], "n": []}).astype({"n": int})
    width = _width(float(np.abs(values).max()), tolerance, most)
    first, last = int(np.floor(values.min() / width)), int(np.floor(values.max() / width)) + 1
    edges = width * np.arange(first, last + 1)
    counts = np.histogram(values, edges)[0]
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "n": counts})


def _width(reach: float, tolerance: float, most: int) -> float:
    """Of a bin: the tolerance divided or multiplied by a whole number; ``most`` cover the errors."""
    fine = 2 * reach / most or 1.0
    if not tolerance:
        return fine
    return (
        tolerance / int(tolerance / fine + 1e-9)
        if tolerance >= fine - 1e-9
        else tolerance * np.ceil(fine / tolerance)
    )


def misses_sentence(table: pd.DataFrame, tolerance: float) -> str:
    """'Mean absolute error 0.6 (0.5–0.7, n 240); 198 of 240 answers (82 %) lie within 1 of the target.'"""
    found = misses(table)
    if not found.n:
        return "The error is unknown: no sample has both a target and an output."
    interval = f"{found.low:.3g}–{found.high:.3g}, " if np.isfinite(found.low) else ""
    share = f"{found.within:,} of {found.n:,} answers ({100 * found.within / found.n:.0f} %)"
    left = f" {found.unlabelled:,} samples without a target are not in it." if found.unlabelled else ""
    return (
        f"Mean absolute error {found.mean:.3g} ({interval}n {found.n:,}); "
        f"{share} lie within {tolerance:.3g} of the target.{left}"
    )
