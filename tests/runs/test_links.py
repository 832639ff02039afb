"""Filters as words: those of the gallery's address, checked against the run."""

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.links import asked_rows, filters_of
from gradcam_core.runs.store import Run


def test_words_and_a_whole_address_ask_for_the_same(run: Run) -> None:
    words = "outcome=wrong&label=dog&sort=confidence&order=desc"
    address = f"http://localhost:8501/Gallery?run={run.id}&{words}&alpha=30&page=2"
    rows = asked_rows(run, words)
    table = run.table.iloc[rows]
    assert len(rows) and table["correct"].eq(False).all() and set(table["label"]) == {"dog"}
    assert table["confidence"].is_monotonic_decreasing
    assert asked_rows(run, address).tolist() == rows.tolist()


def test_nothing_asks_for_everything(run: Run) -> None:
    assert asked_rows(run, "").tolist() == list(range(1300)) and not filters_of(run, "")


def test_a_range_and_the_users_metadata(run: Run) -> None:
    rows = asked_rows(run, "in.confidence=0.9..&q=SAMPLE-000")
    assert (run.table["confidence"].iloc[rows] >= 0.9).all() and max(rows) < 100


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("lable=cat", "'lable'"),
        ("label=mouse", "does not occur"),
        ("outcome=bad", "no outcome 'bad'"),
        ("in.nothing=1..2", "no column 'nothing'"),
        ("in.confidence=high", "no range"),
        ("sort=nothing", "after sort="),
        ("wrong", "outcome.*'wrong'"),
        ("view=0123", "only its dashboard knows"),
        ("run=other&label=cat", "one of other"),
    ],
)
def test_what_does_not_fit_is_refused_and_never_left_out(where: str, said: str, run: Run) -> None:
    with pytest.raises(AuditError, match=said):
        asked_rows(run, where)
