"""Findings so far, strongest first."""

from pathlib import Path

import streamlit as st

from gradcam_core.runs.findings import LEVELS, Finding, Searched, read_findings
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_said import sentence
from gradcam_core.runs.summary.verdict import ranked
from gradcam_core.tasks.wording import spoken
from ui import prose, state

PAGES = Path(__file__).parents[2] / "pages"
MOST = 4


def findings(run: Run) -> None:
    """Every finding in one sentence, strongest first, or how to get some."""
    st.header("Findings so far", anchor=False)
    searched = read_findings(run.path)
    found = [one for one in ranked(searched.found) if one.level > 0] if searched else []
    if not found:
        prose.note(_nothing(searched))
    for one in found[:MOST]:
        _finding(run, one)
    if len(found) > MOST:
        prose.note(f"and {len(found) - MOST} more")
    _link()


def _nothing(searched: Searched | None) -> str:
    if searched is None:
        return "Not tested yet."
    return searched.problem or (
        "The search was made and nothing stood out. That is not a clean bill; see the limits on Method."
    )


def _finding(run: Run, one: Finding) -> None:
    n = f" n {one.n:,}." if one.n else ""
    with st.container(border=True):
        st.badge(f"level {one.level}: {LEVELS[one.level]}", icon=":material/flag:", color="gray")
        prose.note(f"{spoken(sentence(one), run.task)}{n}")


def _link() -> None:
    for file in sorted(PAGES.glob("*_Findings.py")):
        st.page_link(
            f"pages/{file.name}", label="All findings with their evidence", query_params=state.carried()
        )
