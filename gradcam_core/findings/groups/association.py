"""Which contexts go with which label or prediction: observed against expected, one row per pair.

Pure on tables. A context is a heatmap cluster, a background cluster, a hot spot or pattern, or a metadata
column with few values. Says what occurs together in this test set, not why.
"""

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy import stats

from gradcam_core.base.intervals import adjusted
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Material

MOST_VALUES = 12
COLUMNS = (
    "outcome", "value", "context", "context_value", "observed", "expected", "ratio",
    "ratio_low", "ratio_high", "n", "v", "p", "q", "error_rate", "samples",
)  # fmt: skip


def contexts(
    material: Material, clusters: pd.DataFrame, suspicions: tuple[Suspicion, ...]
) -> Mapping[str, pd.Series]:
    """Name -> one value per sample (NaN: not in it), for every context that was searched for."""
    found: dict[str, pd.Series] = {}
    for name in ("map_cluster", "background_cluster"):
        values = clusters[name]
        found[name.replace("_", " ")] = values.where(values >= 0).map(_cluster, na_action="ignore")
    for suspicion in suspicions:
        shows = np.isin(material.ids.astype(str), list(suspicion.samples))
        found[suspicion.id] = pd.Series(np.where(shows, "shows it", "does not"), dtype=object)
    return found


def columns(table: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Metadata columns of a table with 2 to 12 values, as contexts."""
    found: dict[str, pd.Series] = {}
    for column in table.columns:
        values = table[column].reset_index(drop=True)
        if str(column).startswith("meta_") and 2 <= values.nunique() <= MOST_VALUES:
            found[str(column)] = values.map(str, na_action="ignore")
    return found


def _cluster(value: float) -> str:
    return f"cluster {int(value) + 1}"


def associate(table: pd.DataFrame, found: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Every label and prediction against every context.

    Args:
        table: columns sample_id, label, predicted, correct.
        found: name -> value per row of the table, NaN where a sample is not in the context.

    Returns:
        One row per pair of values: counts, ratio observed / expected with its 95 % interval, bias-corrected
        Cramér's V of the whole table, Fisher's exact p of the cell with q over all cells, error rate of its
        samples (NaN without labels) and their ids.
    """
    table = table.reset_index(drop=True)
    rows = [
        row
        for outcome in ("label", "predicted")
        for context, values in found.items()
        for row in _cells(table, outcome, context, values.reset_index(drop=True))
    ]
    result = pd.DataFrame(rows, columns=list(COLUMNS))
    result["q"] = adjusted(result["p"].to_list())
    return result


def _cells(
    table: pd.DataFrame, outcome: str, context: str, values: pd.Series
) -> Iterator[dict[str, object]]:
    known = table[outcome].notna() & values.notna()
    crossed = pd.crosstab(table.loc[known, outcome], values[known])
    n = int(crossed.to_numpy().sum())
    if min(crossed.shape, default=0) < 2 or n < statistics.SMALLEST_SIDE:
        return
    v = statistics.cramers_v(crossed.to_numpy())
    for value in crossed.index:
        for name in crossed.columns:
            inside = known & (table[outcome] == value) & (values == name)
            sums = int(crossed.loc[value].sum()), int(crossed[name].sum())
            counts = _counts(int(crossed.loc[value, name]), sums, n)
            yield {
                **{"outcome": outcome, "value": str(value), "context": context, "context_value": str(name)},
                **{"n": n, "v": v, "q": math.nan, **counts},
                "error_rate": 1 - float(table.loc[inside, "correct"].astype(float).mean()),
                "samples": table.loc[inside, "sample_id"].tolist(),
            }


def _counts(observed: int, sums: tuple[int, int], n: int) -> dict[str, float]:
    """Observed, expected, ratio with interval (Wilson of the cell's share of its column), Fisher's p."""
    row, column = sums
    expected = row * column / n
    low, high = (end * column / expected for end in statistics.wilson(observed, column))
    rest = [[observed, row - observed], [column - observed, n - row - column + observed]]
    return {
        "observed": observed,
        "expected": expected,
        "ratio": observed / expected,
        "ratio_low": low,
        "ratio_high": high,
        "p": float(stats.fisher_exact(rest).pvalue),
    }
