"""The matrix of buttons: what the browser gets, and what a pressed cell means."""

from typing import Any

import numpy as np
import pytest

from gradcam_core.runs.queries import Filters
from gradcam_core.runs.summary import OTHERS, Confusion
from ui.overview import confusion as matrix

SMALL = Confusion(("a", "b"), ("a", "b"), np.array([[3, 1], [0, 2]]), 6, 0, 0)
FOLDED = Confusion(("a", OTHERS), ("a", OTHERS), np.array([[3, 1], [4, 2]]), 10, 0, 2)


def test_names_and_counts_travel_as_data() -> None:
    assert matrix.payload(SMALL) == {"labels": ["a", "b"], "counts": [[3, 1], [0, 2]], "folded": -1}
    assert matrix.payload(FOLDED)["labels"] == ["a", "2 other classes"]
    assert matrix.payload(FOLDED)["folded"] == 1


@pytest.mark.parametrize(
    ("event", "cell"),
    [
        ({"row": 0, "column": 1}, (0, 1)),
        ({"row": 1, "column": 0}, None),
        ({"row": -1, "column": 0}, None),
        ({"row": 0, "column": -1}, None),
        ({"row": 9, "column": 0}, None),
        ({"row": "x", "column": 0}, None),
        ({}, None),
        (None, None),
    ],
)
def test_only_a_cell_with_samples_counts_as_pressed(event: Any, cell: tuple[int, int] | None) -> None:
    assert matrix.pressed(SMALL, event) == cell


def test_a_cell_becomes_the_filter_for_exactly_its_samples() -> None:
    names = ("a", "b", "c")
    assert matrix.filters_of(SMALL, 0, 1, names) == Filters(labels=("a",), predicted=("b",))
    assert matrix.filters_of(FOLDED, 1, 0, names) == Filters(labels=("b", "c"), predicted=("a",))


def test_the_largest_errors_come_first_and_leave_the_diagonal_out() -> None:
    assert matrix.largest_errors(FOLDED) == [(1, 0, 4), (0, 1, 1)]
    assert matrix.largest_errors(FOLDED, most=1) == [(1, 0, 4)]
