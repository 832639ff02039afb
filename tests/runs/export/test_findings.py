"""Findings as Markdown: the same sentences and numbers as everywhere, and names that stay text."""

import re
from pathlib import Path

from gradcam_core.runs.export import export
from tests.hostile_names import MARKS, hostile_run
from tests.run_factory import Recipe, make_run
from tests.searched_run import LOOK, QUIET, searched, uses


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def test_the_sentence_the_numbers_and_what_was_not_found(tmp_path: Path) -> None:
    text = plain(export(searched(tmp_path, (uses(), LOOK, QUIET)), tmp_path / "x.md").read_text())
    for part in (
        "# Attention audit of tiny",
        "## Background, dog: level 3: the model uses it",
        "+45 points, 95 % interval 31 to 58, n 60",
        "| background swapped | swap | 5 % | 50 % | +45 points | 35 to 55 | 60 |",
        "## Looked for and not found",
        "- Border or ruler: with 60 pictures a reliance above 17 % would have shown",
    ):
        assert part in text, part
    assert text.index("level 3") < text.index("level 1")


def test_before_a_search_it_says_so(tmp_path: Path) -> None:
    text = export(make_run(tmp_path, Recipe(n=8)), tmp_path / "x.md").read_text()
    assert "Not tested yet" in text and "## " not in text


def test_names_are_no_mark_up(tmp_path: Path) -> None:
    text = export(hostile_run(tmp_path), tmp_path / "x.md").read_text()
    assert "evil" in text
    for mark in (*MARKS["markdown"][:3], *MARKS["markdown"][5:7]):
        assert not re.search(mark, text), mark
