"""Pure questions on a run's table: which samples, in which order, what comes next. Opens nothing."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gradcam_core.runs.filters import (
    COLUMN_OF,
    STORED,
    Filters,
    OneOf,
    Outcome,
    Range,
    choices,
    from_query,
    to_query,
)

__all__ = [
    "Filters",
    "Neighbours",
    "OneOf",
    "Outcome",
    "Range",
    "Rows",
    "choices",
    "from_query",
    "matching",
    "nearby",
    "neighbours",
    "ordering",
    "page_of",
    "row_of",
    "select",
    "to_query",
]
Rows = NDArray[np.intp]


def _is_in(column: pd.Series, values: Iterable[str]) -> NDArray[np.bool_]:
    wanted = set(values)
    if isinstance(column.dtype, pd.CategoricalDtype):
        allowed = [str(value) in wanted for value in column.cat.categories]
        return np.array([*allowed, False])[column.cat.codes.to_numpy()]  # code -1, missing, meets False
    if pd.api.types.is_numeric_dtype(column):
        column = column.map(str, na_action="ignore")
    return np.asarray(column.isin(wanted), dtype=bool)


def _outcome(table: pd.DataFrame, outcomes: Sequence[Outcome]) -> NDArray[np.bool_]:
    correct = table["correct"].astype("boolean")
    masks = {
        "correct": correct.fillna(False),
        "wrong": (~correct).fillna(False),
        "unlabelled": table["label"].isna(),
        "uncertain": _uncertain(table),
    }
    return np.logical_or.reduce([masks[outcome].to_numpy(dtype=bool) for outcome in outcomes])


def _uncertain(table: pd.DataFrame) -> pd.Series:
    """Runs older than the column have none."""
    if "outcome" not in table:
        return pd.Series(False, index=table.index)
    return table["outcome"] == STORED["uncertain"]


def _contains(table: pd.DataFrame, text: str) -> NDArray[np.bool_]:
    found = np.zeros(len(table), dtype=bool)
    for name in ("sample_id", "path"):
        hits = pc.match_substring(pa.array(table[name]), text, ignore_case=True)
        found |= hits.fill_null(False).to_numpy(zero_copy_only=False)
    return found


def _within(column: pd.Series, part: Range) -> NDArray[np.bool_]:
    values = column.to_numpy(dtype=np.float64)
    found = ~np.isnan(values)
    if part.low is not None:
        found &= values >= part.low
    if part.high is not None:
        found &= values <= part.high
    return found


def matching(table: pd.DataFrame, filters: Filters) -> NDArray[np.bool_]:
    """(N,) True where every filter holds.

    Raises:
        ValueError: filters by what people said, which a run's table does not know.
    """
    if filters.of_people:
        raise ValueError("verdicts are no column of a run")
    masks = [
        _is_in(table[column], getattr(filters, name))
        for name, column in COLUMN_OF.items()
        if getattr(filters, name)
    ]
    masks += [_outcome(table, filters.outcomes)] if filters.outcomes else []
    masks += [_within(table[part.column], part) for part in filters.ranges]
    masks += [_is_in(table[part.column], part.values) for part in filters.equals]
    masks += [_is_in(table["sample_id"], filters.ids)] if filters.ids else []
    masks += [_in_parts(table["path"], filters.parts)] if filters.parts else []
    kept = np.logical_and.reduce(masks) if masks else np.ones(len(table), dtype=bool)
    if filters.text:  # the dearest question is only asked of what is left
        kept[kept] = _contains(table.loc[kept, ["sample_id", "path"]], filters.text)
    return kept


def _in_parts(paths: pd.Series, parts: Sequence[str]) -> NDArray[np.bool_]:
    """A picture's part follows from its path: the same in every run, and for every row of the picture."""
    digests = b"".join(
        blake2b(str(path).encode(errors="replace"), digest_size=4).digest() for path in paths
    )
    sums = np.frombuffer(digests, dtype=">u4").astype(np.int64)
    wanted = [tuple(map(int, part.split("/"))) for part in parts]
    return np.logical_or.reduce([sums % of == place - 1 for place, of in wanted])


def _ranks(column: pd.Series, descending: bool) -> NDArray[np.int32]:
    """Places of categories in alphabetical order, missing ones behind all."""
    names = column.cat.categories.astype(str).to_numpy()
    places = np.empty(len(names) + 1, dtype=np.int32)
    places[np.argsort(names)] = np.arange(len(names))[:: -1 if descending else 1]
    places[-1] = len(names)  # code -1, missing, meets the last entry
    return places[column.cat.codes.to_numpy()]


def _order(column: pd.Series, descending: bool) -> Rows:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.argsort(_ranks(column, descending), kind="stable")
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return np.argsort(-values if descending else values, kind="stable")
    direction = "descending" if descending else "ascending"
    return pc.array_sort_indices(pa.array(column), order=direction).to_numpy().astype(np.intp)


def ordering(table: pd.DataFrame, sort: str, descending: bool = False) -> NDArray[np.int32]:
    """(n,) int32, all row positions 0..n-1 in the order of a column; worth remembering for every filter.

    Raises:
        KeyError: no such column.
    """
    return _order(table[sort], descending).astype(np.int32)


def select(
    table: pd.DataFrame,
    filters: Filters,
    sort: str = "",
    descending: bool = False,
    ordered: NDArray[np.int32] | None = None,
) -> Rows:
    """Row positions of the matching samples in the asked order.

    Args:
        table: a run's table.
        filters: which samples.
        sort: a column; empty keeps the table's order. Equal values keep it too.
        descending: largest first. Undefined values (NaN, null) come last either way.
        ordered: what :func:`ordering` says of ``sort``, where it is known already.

    Raises:
        KeyError: no such column.
    """
    kept = matching(table, filters)
    if not sort:
        return np.flatnonzero(kept)
    order = ordering(table, sort, descending) if ordered is None else ordered
    return order[kept[order]].astype(np.intp)


def page_of(rows: Rows, page: int, size: int) -> tuple[Rows, int, int]:
    """(rows of one page, the page that was really taken, number of pages); pages count from 1."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(1, page), pages)
    return rows[(page - 1) * size : page * size], page, pages


class Neighbours(NamedTuple):
    """Where a sample stands in an order: ``position`` counts from 1 and is 0 for a sample outside it."""

    position: int
    total: int
    previous: str | None
    following: str | None


def row_of(table: pd.DataFrame, sample_id: str) -> int | None:
    """The row position of a sample, or None."""
    found = np.flatnonzero((table["sample_id"] == sample_id).to_numpy(dtype=bool))
    return int(found[0]) if len(found) else None


def neighbours(table: pd.DataFrame, order: Rows, sample_id: str) -> Neighbours:
    """The samples before and after ``sample_id`` in ``order`` (row positions)."""
    row = row_of(table, sample_id)
    found = np.flatnonzero(order == row) if row is not None else np.empty(0, dtype=np.intp)
    if not len(found):
        return Neighbours(0, len(order), None, None)
    here = int(found[0])
    ids = table["sample_id"]
    previous = str(ids.iloc[order[here - 1]]) if here else None
    following = str(ids.iloc[order[here + 1]]) if here + 1 < len(order) else None
    return Neighbours(here + 1, len(order), previous, following)


def nearby(table: pd.DataFrame, order: Rows, position: int, reach: int = 25) -> tuple[list[str], int]:
    """(ids around ``position``, its index among them): what quick steps through an order need.

    ``position`` counts from 1 as in :class:`Neighbours`; 0, outside the order, gives no ids.
    """
    if not position:
        return [], 0
    first = max(0, position - 1 - reach)
    rows = order[first : position + reach]
    return [str(name) for name in table["sample_id"].iloc[rows]], position - 1 - first
