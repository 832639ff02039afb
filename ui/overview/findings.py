"""Findings so far, strongest first."""

from pathlib import Path
from typing import Any

import streamlit as st

from gradcam_core.base.errors import RunError
from gradcam_core.runs.findings import FINDINGS, LEVELS, read_findings
from gradcam_core.runs.store import Run
from ui import answers, prose, state

PAGES = Path(__file__).parents[2] / "pages"
MOST = 4


def findings(run: Run) -> None:
    """The strongest findings with their evidence level, or how to get some."""
    st.subheader("Findings so far", anchor=False)
    rows = [row for row in answers.findings(run) if int(row.get("level") or 0) > 0]
    if not rows:
        prose.note(_nothing(run))
    for row in rows[:MOST]:
        _finding(row)
    if len(rows) > MOST:
        prose.note(f"and {len(rows) - MOST} more")
    _link()


def _nothing(run: Run) -> str:
    try:
        made = read_findings(run.path) is not None
    except RunError:
        return f"{FINDINGS} cannot be read. Search again to replace it."
    if made:
        return (
            "The search was made and nothing stood out. That is not a clean bill; see the limits on Method."
        )
    return "Nobody has searched this audit for findings yet."


def _finding(row: dict[str, Any]) -> None:
    level = max(0, min(int(row["level"]), len(LEVELS) - 1))
    about = f", {row['label']}" if row.get("label") else ""
    title = row.get("title") or str(row["flag"]).replace("-", " ").capitalize()
    n = f" n {int(row['n']):,}." if row.get("n") else ""
    with st.container(border=True):
        st.markdown(f"**{prose.plain(title + about)}**")
        st.badge(f"level {level}: {LEVELS[level]}", icon=":material/flag:", color="gray")
        prose.note(f"{row.get('statement', '')}{n}")


def _link() -> None:
    for file in sorted(PAGES.glob("*_Findings.py")):
        st.page_link(
            f"pages/{file.name}", label="All findings with their evidence", query_params=state.carried()
        )
