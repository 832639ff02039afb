"""Which samples: hashable filters and their form in a query string. Opens nothing."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple

import pandas as pd

from gradcam_core.tasks import classification

Outcome = Literal["correct", "wrong", "uncertain", "unlabelled"]
STORED: Mapping[Outcome, classification.Outcome] = {
    "correct": "correct",
    "wrong": "incorrect",
    "uncertain": "uncertain",
    "unlabelled": "unlabelled",
}
"""What links and pages call an outcome -> what the column ``outcome`` of a run's table calls it."""
OUTCOMES = tuple(STORED)
Query = Mapping[str, Sequence[str]]
COLUMN_OF = {"labels": "label", "predicted": "predicted", "regions": "region_source", "status": "status"}
KEY_OF = {
    "labels": "label",
    "predicted": "pred",
    "outcomes": "outcome",
    "regions": "region",
    "status": "status",
    "ids": "ids",
    "verdicts": "verdict",
    "reviewers": "reviewer",
    "judging": "judged",
    "parts": "part",
}
FREE = ("ids", "verdicts", "reviewers")  # what a link may ask for that no table is asked about
JUDGING = ("by nobody", "not by you", "differently")
"""How samples were judged so far; "differently": two people who may be seen gave different verdicts."""
PART = re.compile(r"([1-9]\d{0,2})/([1-9]\d{0,2})")


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
        outcomes: any of correct, wrong (whatever the threshold), uncertain (below it), unlabelled.
        regions: allowed region sources.
        status: allowed states of the classic map.
        ranges: limits of numeric columns; NaN lies in no range.
        equals: allowed values of further columns, e.g. the user's metadata.
        text: part of the id or the path, upper and lower case alike.
        ids: exactly these samples, e.g. a lasso selection.
        verdicts, reviewers: what people said, and who; of the database of verdicts, not of the table.
        judging: entries of :data:`JUDGING`, any of them; of the database of verdicts, too.
        parts: "1/3" is the first of three parts of the pictures, any of them. A picture's part follows from
            its path alone, whatever else the run holds.
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
    verdicts: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    judging: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def of_people(self) -> bool:
        """Some part asks what people said, which no table of a run knows."""
        return bool(self.verdicts or self.reviewers or self.judging)

    def without_people(self) -> "Filters":
        """The filters that a run's table can answer."""
        return replace(self, verdicts=(), reviewers=(), judging=())

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


def to_query(filters: Filters) -> dict[str, list[str]]:
    """The filters as query-string values; only what is active."""
    query = {key: list(getattr(filters, name)) for name, key in KEY_OF.items() if getattr(filters, name)}
    if filters.text:
        query["q"] = [filters.text]
    for part in filters.ranges:
        ends = ("" if end is None else repr(float(end)).removesuffix(".0") for end in (part.low, part.high))
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
    given = [end for end in ends if end is not None]
    return Range(column, *ends) if dots and given and all(map(math.isfinite, given)) else None


def _known(table: pd.DataFrame, column: str, values: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    known = set(choices(table, column))
    for value in values:
        if value not in known:
            notes.append(f"{column} {value!r} does not occur in this audit")
    return tuple(dict.fromkeys(value for value in values if value in known))


def is_part(text: str) -> bool:
    """Whether this is a part of the pictures: '2/3', not '4/3' and not 'two'."""
    found = PART.fullmatch(text)
    return found is not None and int(found[1]) <= int(found[2])


def _allowed(
    asked: Sequence[str], meets: Callable[[str], bool], what: str, notes: list[str]
) -> tuple[str, ...]:
    notes += [f"{one!r} is no {what}" for one in asked if not meets(one)]
    return tuple(dict.fromkeys(one for one in asked if meets(one)))


def choices(table: pd.DataFrame, column: str) -> list[str]:
    """What occurs in a column, as text; empty for a column that is not there."""
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
    notes += [f"no outcome {asked!r}" for asked in query.get("outcome", ()) if asked not in OUTCOMES]
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
    found |= {name: tuple(dict.fromkeys(query.get(KEY_OF[name], ()))) for name in FREE}
    found["judging"] = _allowed(query.get("judged", ()), JUDGING.__contains__, "way to be judged", notes)
    found["parts"] = _allowed(query.get("part", ()), is_part, "part of the pictures, such as 1/3", notes)
    filters = Filters(outcomes=outcomes, ranges=tuple(ranges), equals=tuple(equals), text=text, **found)
    return filters, tuple(notes)
