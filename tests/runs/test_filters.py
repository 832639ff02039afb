"""Filters, and their form in a link."""

from dataclasses import replace
from typing import get_args

import pandas as pd
import pytest

from gradcam_core.runs.filters import STORED, Filters, OneOf, Range, from_query, to_query
from gradcam_core.tasks import classification
from tests.runs.names import FOCUS


@pytest.mark.parametrize(
    ("query", "expected", "note"),
    [
        ({"label": ["cat", "lion"]}, Filters(labels=("cat",)), "'lion' does not occur"),
        ({"in.no_score": ["0..1"]}, Filters(), "no column 'no_score'"),
        ({f"in.{FOCUS}": ["1..two"]}, Filters(), "'1..two' is no range"),
        ({f"in.{FOCUS}": ["nan..1"]}, Filters(), "'nan..1' is no range"),
        ({f"in.{FOCUS}": [".."]}, Filters(), "'..' is no range"),
        ({"in.label": ["0..1"]}, Filters(), "is no range for label"),
        ({"is.meta_scanner": ["n", "w"]}, Filters(equals=(OneOf("meta_scanner", ("n",)),)), "'w' does not"),
        ({"part": ["4/3", "1/3"]}, Filters(parts=("1/3",)), "'4/3' is no part"),
        ({"judged": ["by nobody", "by me"]}, Filters(judging=("by nobody",)), "'by me' is no way"),
        ({"outcome": ["maybe"]}, Filters(), "no outcome 'maybe'"),
    ],
)  # fmt: skip
def test_a_link_is_checked(
    table: pd.DataFrame, query: dict[str, list[str]], expected: Filters, note: str
) -> None:
    filters, notes = from_query(query, table)
    assert filters == expected
    assert len(notes) == 1
    assert note in notes[0]


def test_other_keys_of_the_page_are_no_filters(table: pd.DataFrame) -> None:
    assert from_query({"run": ["x"], "sort": [FOCUS], "alpha": ["60"]}, table) == (Filters(), ())


def test_small_limits_survive_the_link(table: pd.DataFrame) -> None:
    filters = Filters(ranges=(Range(FOCUS, 0.123456789, 1.000000001),))
    assert from_query(to_query(filters), table)[0] == filters


def test_each_part_can_be_dropped_alone() -> None:
    filters = Filters(labels=("cat",), ranges=(Range("a", 1), Range("b", 2)), text="x")
    parts = filters.without_each()
    assert [name for name, _, _ in parts] == ["labels", "ranges", "ranges", "text"]
    assert parts[1][2] == replace(filters, ranges=(Range("b", 2),))
    assert parts[3][2] == replace(filters, text="")


def test_every_outcome_of_a_table_but_unreadable_can_be_asked_for() -> None:
    assert set(STORED.values()) == set(get_args(classification.Outcome)) - {"unreadable"}
