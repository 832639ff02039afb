"""Findings so far, strongest first."""

import math
from pathlib import Path

import streamlit as st

from gradcam_core.runs.findings import LEVELS, Finding, Searched, read_findings
from gradcam_core.runs.store import Run
from ui import prose, state

PAGES = Path(__file__).parents[2] / "pages"
MOST = 4


def findings(run: Run) -> None:
    """The strongest findings with their evidence level, or how to get some."""
    st.subheader("Findings so far", anchor=False)
    searched = read_findings(run.path)
    found = sorted((one for one in searched.found if one.level > 0), key=_rank) if searched else []
    if not found:
        prose.note(_nothing(searched))
    for one in found[:MOST]:
        _finding(one)
    if len(found) > MOST:
        prose.note(f"and {len(found) - MOST} more")
    _link()


def _rank(one: Finding) -> tuple[int, float]:
    return -one.level, -abs(one.effect) if math.isfinite(one.effect) else 0.0


def _nothing(searched: Searched | None) -> str:
    if searched is None:
        return "Nobody has searched this audit for findings yet."
    return searched.problem or (
        "The search was made and nothing stood out. That is not a clean bill; see the limits on Method."
    )


def _finding(one: Finding) -> None:
    about = f", {one.label}" if one.label else ""
    n = f" n {one.n:,}." if one.n else ""
    with st.container(border=True):
        st.markdown(f"**{prose.plain(one.title + about)}**")
        st.badge(f"level {one.level}: {LEVELS[one.level]}", icon=":material/flag:", color="gray")
        prose.note(f"{one.statement}{n}")


def _link() -> None:
    for file in sorted(PAGES.glob("*_Findings.py")):
        st.page_link(
            f"pages/{file.name}", label="All findings with their evidence", query_params=state.carried()
        )
