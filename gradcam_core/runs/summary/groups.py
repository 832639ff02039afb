"""Groups of samples that look alike: how large, how pure, how often wrong, where the heat lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from gradcam_core.runs.summary.focus import class_column

SMALLEST = 20  # judged samples below which a group's error rate is not compared
CLEAR = 0.05  # probability, times the number of groups it was chosen from


@dataclass(frozen=True)
class Group:
    """One cluster.

    Attributes:
        number: from 0, as in ``clusters.parquet``; shown from 1.
        n: samples.
        most: the most frequent class (truth, or prediction where nothing is labelled).
        purity: its share of the group.
        errors, judged: wrong predictions among the samples that have a label and a prediction.
        focus: mean of the asked score, NaN without any value.
        rows: row positions, (n,).
    """

    number: int
    n: int
    most: str
    purity: float
    errors: int
    judged: int
    focus: float
    rows: NDArray[np.intp]

    @property
    def name(self) -> str:
        return f"cluster {self.number + 1}"

    @property
    def error_rate(self) -> float:
        """Share of the judged samples; NaN without any."""
        return self.errors / self.judged if self.judged else math.nan


def groups(table: pd.DataFrame, numbers: NDArray[np.intp], focus: str) -> tuple[Group, ...]:
    """Every cluster, in the order of its number.

    Args:
        table: the run's table.
        numbers: (N,) cluster of each row, -1 for none.
        focus: the score column to average; one that is not there gives NaN.
    """
    labels = table[class_column(table)].astype(object)
    right = np.asarray(table["correct"].astype("boolean").astype("Float64"), dtype=np.float64)
    values = (
        table[focus].to_numpy(dtype=np.float64) if focus in table else np.full(len(table), np.nan)
    )  # a run without regions has no focus
    return tuple(
        _group(int(number), np.flatnonzero(numbers == number), labels, 1 - right, values)
        for number in np.unique(numbers[numbers >= 0])
    )


def _group(
    number: int,
    rows: NDArray[np.intp],
    labels: pd.Series,
    wrong: NDArray[np.float64],
    values: NDArray[np.float64],
) -> Group:
    counts = labels.iloc[rows].value_counts()
    known, judged = values[rows][np.isfinite(values[rows])], wrong[rows][np.isfinite(wrong[rows])]
    return Group(
        number=number,
        n=len(rows),
        most=str(counts.index[0]) if len(counts) else "",
        purity=float(counts.iloc[0] / len(rows)) if len(counts) else math.nan,
        errors=int(judged.sum()),
        judged=len(judged),
        focus=float(known.mean()) if len(known) else math.nan,
        rows=rows,
    )


def groups_sentence(found: Sequence[Group], what: str) -> str:
    """How many groups there are and which one is wrong most often, in one sentence or two."""
    if not found:
        return f"There are too few samples to group them by {what}."
    total = sum(group.n for group in found)
    first = f"{total:,} samples fall into {len(found)} groups by {what}."
    judged = [group for group in found if group.judged >= SMALLEST]
    errors, of = sum(group.errors for group in judged), sum(group.judged for group in judged)
    if len(judged) < 2 or not errors:
        return f"{first} No group is wrong more often than the others."
    worst = max(judged, key=lambda group: group.error_rate)
    rest, others = errors - worst.errors, of - worst.judged
    counts = f"{worst.errors:,} of {worst.judged:,} ({100 * worst.error_rate:.0f} %)"
    if _p(worst, rest, others) * len(judged) >= CLEAR:
        return f"{first} None is clearly wrong more often than the others; at most {counts}, {worst.name}."
    among = f" among those of {SMALLEST} and more" if len(judged) < len(found) else ""
    return (
        f"{first} {worst.name.capitalize()} is wrong most often{among}: {counts}, the others "
        f"{100 * rest / others:.0f} %."
    )


def _p(worst: Group, errors: int, judged: int) -> float:
    """Fisher's exact probability that the worst group is no worse than the others."""
    crossed = [[worst.errors, worst.judged - worst.errors], [errors, judged - errors]]
    return float(stats.fisher_exact(crossed, alternative="greater").pvalue)
