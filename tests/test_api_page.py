"""docs/api.md is what the docstrings say."""

import gradcam_core as gc
from tests.source_tree import ROOT
from tools.api_page import FUNCTIONS, page


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == page(), "run `make api`"


def test_every_promised_name_is_on_it() -> None:
    assert {*FUNCTIONS, "AuditError"} == set(gc.__all__)
    text = page()
    assert all(f"## gc.{name}\n" in text for name in FUNCTIONS) and "- `AuditError` (Exception)" in text


def test_marks_of_docstrings_are_gone() -> None:
    text = page()
    assert "``" not in text.replace("```", "") and ":func:" not in text and ":meth:" not in text
    assert "None" not in [line.strip() for line in text.splitlines()]
