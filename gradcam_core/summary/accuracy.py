"""Accuracy with its interval."""

from dataclasses import dataclass

import pandas as pd
from scipy.stats import binomtest


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
