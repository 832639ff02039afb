"""Which contexts go with which label or prediction: the association table as one matrix per context."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gradcam_core.base.suspicion import parts_of

COLUMNS = (
    *("outcome", "value", "context", "context_value", "observed", "expected", "ratio"),
    *("ratio_low", "ratio_high", "n", "v", "q", "error_rate", "samples"),
)
CLEAR = 0.01  # q below which a cell is marked
FEW = 5  # expected samples below which a cell tells little


@dataclass(frozen=True)
class ContextMatrix:
    """Rows are classes, columns values of the context.

    Attributes:
        rows, columns: names in the order shown.
        cells: per row and column a record of :data:`COLUMNS`, or None where nothing was counted.
        n: samples in the whole matrix.
        v: bias-corrected Cramér's V.
        smallest: fewest samples expected in any cell.
        left_out: classes that are not shown.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[dict[str, Any] | None, ...], ...]
    n: int
    v: float
    smallest: float
    left_out: int = 0


def context_names(table: pd.DataFrame, outcome: str) -> list[tuple[str, float, int]]:
    """(context, Cramér's V, n) of every context of an outcome, strongest first.

    Cues come after columns and groups: a search picked them because they go with a class in these very
    samples, so that their V says less than that of what was there before.
    """
    part = table[table["outcome"] == outcome].drop_duplicates("context")
    part = part.assign(cue=[bool(parts_of(str(name))[1]) for name in part["context"]])
    part = part.sort_values(["cue", "v"], ascending=[True, False], kind="stable")
    return [(str(c), float(v), int(n)) for c, v, n in part[["context", "v", "n"]].to_numpy()]


def context_matrix(
    table: pd.DataFrame, outcome: str, context: str, most: int = 12, first: Sequence[str] = ()
) -> ContextMatrix:
    """One context against one outcome.

    Args:
        table: columns of ``associations.parquet``.
        outcome: ``label`` or ``predicted``.
        context: a name from :func:`context_names`.
        most: rows; those with the clearest cells are kept.
        first: class names in the order wanted.

    Raises:
        ValueError: the table has no such pair.
    """
    part = table[(table["outcome"] == outcome) & (table["context"] == context)]
    if part.empty:
        raise ValueError(f"context_matrix: expected a known outcome and context, got {outcome}, {context}")
    clearest = part.groupby("value", observed=True)["q"].min().sort_values(kind="stable")
    kept = {str(value) for value in clearest.index[:most]}
    order = [name for name in first if name in kept]
    rows = (*order, *sorted(kept - set(order)))
    columns = tuple(sorted(part["context_value"].astype(str).unique(), key=_natural))
    found = {(str(r["value"]), str(r["context_value"])): r for r in part.to_dict("records")}
    cells = tuple(tuple(_plain(found.get((row, column))) for column in columns) for row in rows)
    return ContextMatrix(
        rows,
        columns,
        cells,
        int(part["n"].iloc[0]),
        float(part["v"].iloc[0]),
        float(part["expected"].min()),
        len(clearest) - len(rows),
    )


def _natural(name: str) -> tuple[str, int, str]:
    """'cluster 2' before 'cluster 10'."""
    head, _, tail = name.rpartition(" ")
    return (head, int(tail), "") if tail.isdigit() else (name, 0, tail)


def _plain(record: Any) -> dict[str, Any] | None:
    return None if record is None else {str(key): value for key, value in record.items()}
