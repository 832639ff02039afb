"""Which samples a report shows."""

import pytest

from gradcam_core.runs.report.chosen import chosen, rule
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe
from tests.searched_run import IDS, searched, uses


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    recipe = Recipe(n=80, every_unreadable=10, classes=("cat", "dog", "fox"))
    return open_run(searched(tmp_path_factory.mktemp("home"), (uses(),), recipe=recipe))


def test_examples_first_then_the_surest_errors_for_half_of_the_places(run: Run) -> None:
    rows = chosen(run, Wanted(samples=10))
    table = run.table.iloc[list(rows)]
    assert len(set(rows)) == 10 and table["sample_id"].iloc[0] == IDS[0]
    errors = table.iloc[1:5]
    assert errors["correct"].eq(False).all() and errors["confidence"].is_monotonic_decreasing
    wrong = run.table[run.table["correct"].eq(False).fillna(False)]
    assert errors["confidence"].iloc[0] == wrong["confidence"].max()
    assert rows == chosen(run, Wanted(samples=10)), "the same ones each time"


def test_what_cannot_be_read_is_never_chosen_and_all_else_is_where_there_is_room(run: Run) -> None:
    for audience in ("all", "reader"):
        rows = chosen(run, Wanted(audience, samples=500))  # type: ignore[arg-type]
        assert sorted(rows) == [row for row in range(80) if run.table["status"].iloc[row] != "unreadable"]


def test_a_reader_gets_as_many_of_each_label_whatever_the_model_said(run: Run) -> None:
    rows = chosen(run, Wanted("reader", samples=12))
    assert run.table["label"].iloc[list(rows)].value_counts().tolist() == [4, 4, 4]
    assert "random" in rule(run, Wanted("reader")) and "wrong" not in rule(run, Wanted("reader"))


def test_no_places_no_samples(run: Run) -> None:
    assert chosen(run, Wanted(samples=0)) == ()
