"""The association table as one matrix per context."""

import pandas as pd
import pytest

from gradcam_core.runs.summary.contexts import COLUMNS, context_matrix, context_names


def row(
    value: str, context_value: str, q: float, context: str = "ward", v: float = 0.3
) -> dict[str, object]:
    empty = dict.fromkeys(COLUMNS, 1.0)
    said = {"outcome": "label", "value": value, "context": context, "context_value": context_value}
    return {**empty, **said, "q": q, "n": 40, "v": v, "expected": 4.0}


TABLE = pd.DataFrame(
    [
        *(row("cat", f"cluster {number}", q) for number, q in ((10, 0.2), (2, 0.5))),
        *(row("dog", f"cluster {number}", q) for number, q in ((10, 0.001), (2, 0.9))),
        row("owl", "cluster 2", 0.8),
        row("cat", "n", 0.1, "scanner", 0.6),
    ]
)


def test_the_strongest_context_comes_first() -> None:
    assert context_names(TABLE, "label") == [("scanner", 0.6, 40), ("ward", 0.3, 40)]
    assert context_names(TABLE, "predicted") == []


def test_a_cue_that_was_picked_for_its_class_comes_after_what_was_there_before() -> None:
    table = pd.concat([TABLE, pd.DataFrame([row("cat", "shows it", 0.001, "fixed-marker/cat/patch", 0.9)])])
    assert [name for name, _, _ in context_names(table, "label")] == [
        "scanner",
        "ward",
        "fixed-marker/cat/patch",
    ]


def test_the_clearest_classes_are_kept_and_shown_in_the_given_order() -> None:
    found = context_matrix(TABLE, "label", "ward", most=2, first=("owl", "dog"))
    assert (found.rows, found.left_out) == (("dog", "cat"), 1)
    assert found.columns == ("cluster 2", "cluster 10")
    assert (found.n, found.v, found.smallest) == (40, 0.3, 4.0)
    cell = found.cells[0][1]
    assert cell is not None and cell["q"] == 0.001


def test_a_pair_that_was_not_counted_is_a_gap() -> None:
    found = context_matrix(TABLE, "label", "ward")
    assert found.rows == ("cat", "dog", "owl")
    assert found.cells[2][0] is not None and found.cells[2][1] is None


def test_an_unknown_context_is_a_mistake_in_the_call() -> None:
    with pytest.raises(ValueError, match="known outcome and context"):
        context_matrix(TABLE, "label", "weather")
