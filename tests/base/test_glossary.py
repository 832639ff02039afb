"""The glossary: every term on the Method page, explained on hover, never out of somebody's data."""

from pathlib import Path

import pytest

from gradcam_core.base.glossary import HOVER, TERMS, marked, meaning
from tests.ui.app_pages import opened


def test_every_term_is_one_sentence_and_every_hover_is_known() -> None:
    assert all(said.endswith(".") and len(said) < 200 for said in TERMS.values())
    assert all(meaning(term) for term in HOVER)


def test_the_first_occurrence_is_explained_and_the_rest_stays() -> None:
    text = marked("The focus ruler and the focus ruler; Cramér&#x27;s; swap-tiles.")
    assert text.count("<abbr ") == 2
    assert text.startswith('The <abbr title="How far the heat lies')


@pytest.mark.parametrize("text", ["endpoints", "refillers", "plain text", ""])
def test_parts_of_words_are_left_alone(text: str) -> None:
    assert marked(text) == text


def test_apostrophes_that_were_escaped_are_found() -> None:
    assert "<abbr " in marked("Cliff&#x27;s delta 0.72")


def test_the_method_page_lists_all_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("9_Method.py", tmp_path, monkeypatch)
    table = next(entry.value for entry in test.table if "Term" in entry.value)
    assert set(table["Term"]) == set(TERMS)
