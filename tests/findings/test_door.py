"""Findings as a list, a table, and a page of a notebook."""

from pathlib import Path

from gradcam_core.findings.door import FindingList, find
from gradcam_core.runs.findings import Finding, read_findings
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run
from tests.searched_run import QUIET, uses

NASTY = "<script>alert(1)</script>"


def test_found_is_what_was_written(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=12))
    stages: list[str] = []
    found = find(str(path), edits=False, progress=lambda stage, done, total: stages.append(stage))
    written = read_findings(path)
    assert written is not None and [one.to_json() for one in written.found] == [
        one.to_json() for one in found
    ]
    assert "search" in stages and found.run.path == path


def test_the_table_has_a_row_per_finding_and_the_interval_in_two_columns(tmp_path: Path) -> None:
    table = FindingList([uses(), QUIET], open_run(make_run(tmp_path, Recipe(n=4)))).to_frame()
    assert list(table["level_name"]) == ["the model uses it", "nothing seen"]
    assert list(table["title"]) == ["Background", "Border or ruler"]
    assert (table["low"][0], table["effect"][0], table["high"][0]) == (0.31, 0.45, 0.58)
    empty = FindingList([], open_run(make_run(tmp_path / "empty", Recipe(n=4)))).to_frame()
    assert list(empty.columns) == list(table.columns) and empty.empty


def test_a_notebook_shows_a_sentence_a_table_and_each_finding_escaped(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    page = FindingList([uses(label=NASTY), Finding("border", 1, statement=NASTY), QUIET], run)._repr_html_()
    assert "<script" not in page and "<b>the background" not in page
    assert page.startswith("<p>Uses the background for ")
    assert page.count("<h4>") == 2 and "<th>control</th>" in page
    assert "<p>No edit showed that" in FindingList([QUIET], run)._repr_html_()
