"""Questions on a run's table: laws that hold for all filters, and small tables worked by hand."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.filters import Filters, OneOf, Range, from_query, to_query
from gradcam_core.runs.queries import matching, nearby, neighbours, ordering, page_of, row_of, select
from gradcam_core.runs.store import Run
from tests.runs.names import FOCUS

CASES = {
    "nothing": (Filters(), "a1 b2 c3 d4 E5 f6"),
    "one class": (Filters(labels=("cat",)), "a1 b2"),
    "two classes": (Filters(labels=("cat", "dog")), "a1 b2 c3 d4"),
    "predicted": (Filters(predicted=("dog",)), "b2 c3 E5"),
    "correct": (Filters(outcomes=("correct",)), "a1 c3"),
    "wrong": (Filters(outcomes=("wrong",)), "b2 d4"),
    "unlabelled": (Filters(outcomes=("unlabelled",)), "E5 f6"),
    "uncertain": (Filters(outcomes=("uncertain",)), "b2"),
    "wrong or unlabelled": (Filters(outcomes=("wrong", "unlabelled")), "b2 d4 E5 f6"),
    "region": (Filters(regions=("box", "mask")), "a1 b2 c3"),
    "state": (Filters(status=("empty map", "unreadable")), "c3 f6"),
    "range, NaN lies in none": (Filters(ranges=(Range(FOCUS, 0.0),)), "a1 b2 d4 E5"),
    "range, ends included": (Filters(ranges=(Range(FOCUS, 0.9, 1.4),)), "b2 d4 E5"),
    "two ranges": (Filters(ranges=(Range(FOCUS, 1.0), Range("confidence", None, 0.65))), "b2"),
    "metadata word": (Filters(equals=(OneOf("meta_scanner", ("n",)),)), "a1 c3 f6"),
    "metadata whole number": (Filters(equals=(OneOf("meta_ward", ("3", "1")),)), "a1 c3 E5 f6"),
    "metadata range": (Filters(ranges=(Range("meta_age", 40, 70),)), "b2 d4 E5"),
    "text in the id, any case": (Filters(text="e5"), "E5"),
    "text in the path, any case": (Filters(text="/z"), "E5"),
    "text is no pattern": (Filters(text="."), "a1 b2 c3 d4 E5 f6"),
    "text with a bracket": (Filters(text="["), ""),
    "ids": (Filters(ids=("d4", "a1", "gone")), "a1 d4"),
    "all must hold": (Filters(labels=("dog",), outcomes=("wrong",), regions=("none",)), "d4"),
}


@pytest.mark.parametrize(("filters", "expected"), CASES.values(), ids=CASES)
def test_filters_keep_what_the_table_says(table: pd.DataFrame, filters: Filters, expected: str) -> None:
    rows = select(table, filters)
    assert " ".join(table["sample_id"].iloc[rows]) == expected


@pytest.mark.parametrize(("filters", "expected"), CASES.values(), ids=CASES)
def test_laws_of_filters(table: pd.DataFrame, filters: Filters, expected: str) -> None:
    kept = matching(table, filters)
    plain = table.astype(dict.fromkeys(("label", "predicted", "status", "region_source"), "object"))
    assert (matching(plain, filters) == kept).all(), "categories and plain words answer alike"
    back = table.iloc[::-1]
    assert (matching(back, filters)[::-1] == kept).all(), "the order of the rows does not matter"
    for _, _, rest in filters.without_each():
        assert (matching(table, rest) >= kept).all(), "dropping a filter never hides a sample"
    parsed, notes = from_query(to_query(filters), table)
    assert parsed == filters
    assert notes == ()
    assert hash(parsed) == hash(filters)
    assert bool(filters) == (filters != Filters())


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        ("", False, "a1 b2 c3 d4 E5 f6"),
        (FOCUS, False, "a1 E5 b2 d4 c3 f6"),
        (FOCUS, True, "b2 d4 E5 a1 c3 f6"),  # equal values keep the table's order, NaN stays last
        ("confidence", True, "a1 c3 d4 b2 E5 f6"),
        ("label", False, "a1 b2 c3 d4 E5 f6"),
        ("label", True, "c3 d4 a1 b2 E5 f6"),
        ("sample_id", True, "f6 d4 c3 b2 a1 E5"),
        ("correct", False, "b2 d4 a1 c3 E5 f6"),
    ],
)
def test_order(table: pd.DataFrame, sort: str, descending: bool, expected: str) -> None:
    rows = select(table, Filters(), sort, descending)
    assert " ".join(table["sample_id"].iloc[rows]) == expected


def test_order_of_a_subset_is_the_order_of_the_whole(table: pd.DataFrame) -> None:
    filters = Filters(outcomes=("correct", "wrong"))
    kept = set(select(table, filters).tolist())
    whole = [row for row in select(table, Filters(), FOCUS, True).tolist() if row in kept]
    assert select(table, filters, FOCUS, True).tolist() == whole


def test_unknown_sort_column(table: pd.DataFrame) -> None:
    with pytest.raises(KeyError):
        select(table, Filters(), "no_such_score")


def test_pages_cover_every_row_once() -> None:
    rows = np.arange(125)
    pages = [page_of(rows, page, 60)[0].tolist() for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [60, 60, 5]
    assert [row for page in pages for row in page] == rows.tolist()


@pytest.mark.parametrize(("asked", "taken"), [(0, 1), (-4, 1), (3, 3), (99, 3)])
def test_pages_out_of_range(asked: int, taken: int) -> None:
    assert page_of(np.arange(125), asked, 60)[1:] == (taken, 3)


def test_no_rows_are_one_empty_page() -> None:
    rows, page, pages = page_of(np.arange(0), 1, 60)
    assert (len(rows), page, pages) == (0, 1, 1)


def test_neighbours_follow_the_order(table: pd.DataFrame) -> None:
    order = select(table, Filters(), FOCUS, True)  # b2 d4 E5 a1 c3 f6
    assert neighbours(table, order, "d4") == (2, 6, "b2", "E5")
    assert neighbours(table, order, "b2") == (1, 6, None, "d4")
    assert neighbours(table, order, "f6") == (6, 6, "c3", None)


def test_neighbours_outside_the_order(table: pd.DataFrame) -> None:
    order = select(table, Filters(labels=("cat",)))
    assert neighbours(table, order, "d4") == (0, 2, None, None)
    assert neighbours(table, order, "gone") == (0, 2, None, None)
    assert row_of(table, "gone") is None


def test_walking_forward_visits_every_sample_once(table: pd.DataFrame) -> None:
    order = select(table, Filters(), FOCUS)
    seen, here = [], str(table["sample_id"].iloc[order[0]])
    while here is not None:
        seen.append(here)
        here = neighbours(table, order, here).following
    assert seen == table["sample_id"].iloc[order].tolist()


def test_what_lies_around_a_place_in_the_order(table: pd.DataFrame) -> None:
    order = select(table, Filters())
    assert nearby(table, order, 3, reach=1) == (["b2", "c3", "d4"], 1)
    assert nearby(table, order, 1, reach=1) == (["a1", "b2"], 0)
    assert nearby(table, order, 6, reach=2) == (["d4", "E5", "f6"], 2)
    assert nearby(table, order, 0) == ([], 0)


def test_nothing_is_uncertain_in_a_run_older_than_outcomes(table: pd.DataFrame) -> None:
    older = table.drop(columns="outcome")
    assert not matching(older, Filters(outcomes=("uncertain",))).any()


def test_a_remembered_order_serves_every_filter(run: Run) -> None:
    table = run.categorised(("label",))
    for column in ("background_focus", "label", "sample_id"):
        for down in (False, True):
            known = ordering(table, column, down)
            for filters in (Filters(), Filters(labels=("dog",)), Filters(text="77")):
                rows = select(table, filters, column, down)
                np.testing.assert_array_equal(select(table, filters, column, down, known), rows)
                kept = table[column].iloc[np.flatnonzero(matching(table, filters))]
                expected = kept.sort_values(ascending=not down, kind="stable", na_position="last")
                np.testing.assert_array_equal(rows, expected.index)
