"""Pure questions on a run's table: which samples, in which order, what comes next. Opens nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Outcome = Literal["correct", "wrong", "unlabelled"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Rows = NDArray[np.intp]
Query = Mapping[str, Sequence[str]]


class Range(NamedTuple):
    """Values of ``column`` from ``low`` to ``high``, both included; None leaves that end open."""

    column: str
    low: float | None = None
    high: float | None = None


class OneOf(NamedTuple):
    """Rows whose ``column``, written as text, is one of ``values``."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Filters:
    """Which samples. Empty fields do not filter; filled ones must all hold.

    Attributes:
        labels: allowed true classes.
        predicted: allowed predicted classes.
        outcomes: any of correct, wrong, unlabelled.
        regions: allowed region sources.
        status: allowed states of the classic map.
        ranges: limits of numeric columns; NaN lies in no range.
        equals: allowed values of further columns, e.g. the user's metadata.
        text: part of the id or the path, upper and lower case alike.
        ids: exactly these samples, e.g. a lasso selection.
    """

    labels: tuple[str, ...] = ()
    predicted: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    regions: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    equals: tuple[OneOf, ...] = ()
    text: str = ""
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def without_each(self) -> list[tuple[str, object, "Filters"]]:
        """(field, part, the filters without that part) for every active part: what a chip removes."""
        found: list[tuple[str, object, Filters]] = []
        for name in (field.name for field in fields(self)):
            value = getattr(self, name)
            parts = value if name in ("ranges", "equals") else [value] if value else []
            for part in parts:
                rest = tuple(other for other in value if other != part) if parts is value else type(value)()
                changes: dict[str, Any] = {name: rest}
                found.append((name, part, replace(self, **changes)))
        return found


COLUMN_OF = {"labels": "label", "predicted": "predicted", "regions": "region_source", "status": "status"}
KEY_OF = {
    "labels": "label",
    "predicted": "pred",
    "outcomes": "outcome",
    "regions": "region",
    "status": "status",
    "ids": "ids",
}


def to_query(filters: Filters) -> dict[str, list[str]]:
    """The filters as query-string values; only what is active."""
    query = {key: list(getattr(filters, name)) for name, key in KEY_OF.items() if getattr(filters, name)}
    if filters.text:
        query["q"] = [filters.text]
    for part in filters.ranges:
        ends = ("" if end is None else f"{end:g}" for end in (part.low, part.high))
        query[f"in.{part.column}"] = ["..".join(ends)]
    for equal in filters.equals:
        query[f"is.{equal.column}"] = list(equal.values)
    return query


def _range(column: str, text: str) -> Range | None:
    low, dots, high = text.partition("..")
    try:
        ends = [float(end) if end else None for end in (low, high)]
    except ValueError:
        return None
    return Range(column, *ends) if dots and any(end is not None for end in ends) else None


def _known(table: pd.DataFrame, column: str, values: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    known = set(_choices(table, column))
    for value in values:
        if value not in known:
            notes.append(f"{column} {value!r} does not occur in this audit")
    return tuple(dict.fromkeys(value for value in values if value in known))


def _choices(table: pd.DataFrame, column: str) -> list[str]:
    if column not in table:
        return []
    values = table[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        return [str(value) for value in values.cat.categories]
    return sorted(str(value) for value in values.dropna().unique())


def from_query(query: Query, table: pd.DataFrame) -> tuple[Filters, tuple[str, ...]]:
    """Filters out of query-string values, and one note for each part that was ignored.

    Keys that belong to other parts of the page are left alone. Values are checked against the table,
    so that a link can never ask for a column or a class that is not there.
    """
    notes: list[str] = []
    found = {
        name: _known(table, column, query.get(KEY_OF[name], ()), notes)
        for name, column in COLUMN_OF.items()
    }
    outcomes = tuple(outcome for outcome in OUTCOMES if outcome in query.get("outcome", ()))
    ranges, equals = [], []
    for key, values in query.items():
        kind, _, column = key.partition(".")
        if kind not in ("in", "is") or not values:
            continue
        if column not in table:
            notes.append(f"this audit has no column {column!r}")
        elif kind == "is":
            allowed = _known(table, column, values, notes)
            equals += [OneOf(column, allowed)] if allowed else []
        elif (part := _range(column, values[0])) and pd.api.types.is_numeric_dtype(table[column]):
            ranges.append(part)
        else:
            notes.append(f"{values[0]!r} is no range for {column}")
    text = next(iter(query.get("q", ())), "")
    ids = tuple(dict.fromkeys(query.get("ids", ())))
    filters = Filters(
        outcomes=outcomes, ranges=tuple(ranges), equals=tuple(equals), text=text, ids=ids, **found
    )
    return filters, tuple(notes)


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
    }
    return np.logical_or.reduce([masks[outcome].to_numpy(dtype=bool) for outcome in outcomes])


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
    """(N,) True where every filter holds."""
    masks = [
        _is_in(table[column], getattr(filters, name))
        for name, column in COLUMN_OF.items()
        if getattr(filters, name)
    ]
    masks += [_outcome(table, filters.outcomes)] if filters.outcomes else []
    masks += [_within(table[part.column], part) for part in filters.ranges]
    masks += [_is_in(table[part.column], part.values) for part in filters.equals]
    masks += [_contains(table, filters.text)] if filters.text else []
    masks += [_is_in(table["sample_id"], filters.ids)] if filters.ids else []
    return np.logical_and.reduce(masks) if masks else np.ones(len(table), dtype=bool)


def _order(column: pd.Series, descending: bool) -> Rows:
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return np.argsort(-values if descending else values, kind="stable")
    direction = "descending" if descending else "ascending"
    values = pa.array(column.astype("str") if isinstance(column.dtype, pd.CategoricalDtype) else column)
    return pc.array_sort_indices(values, order=direction).to_numpy().astype(np.intp)


def select(table: pd.DataFrame, filters: Filters, sort: str = "", descending: bool = False) -> Rows:
    """Row positions of the matching samples in the asked order.

    Args:
        table: a run's table.
        filters: which samples.
        sort: a column; empty keeps the table's order. Equal values keep it too.
        descending: largest first. Undefined values (NaN, null) come last either way.

    Raises:
        KeyError: no such column.
    """
    rows = np.flatnonzero(matching(table, filters))
    if not sort:
        return rows
    return rows[_order(table[sort].iloc[rows], descending)]


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
