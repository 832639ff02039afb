"""What was looked for and not found, and how much could have been missed."""

import html
from collections.abc import Sequence

import streamlit as st

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_words import missed, tested
from ui import prose
from ui.findings import words

NO_PROOF = "Nothing found is no clean bill: what maps cannot show or every picture shares stays unseen."


def silent(run: Run, found: Sequence[Finding]) -> None:
    """Level 0, collapsed: what was tested, on how many, and the smallest effect that would have shown."""
    rows = [entry for entry in found if entry.level == 0 and tested(entry)]
    rest = [entry for entry in found if entry.level == 0 and not tested(entry)]
    if not rows and not rest:
        return
    with st.expander(f"What was looked for and not found ({len(rows)})", icon=":material/search_off:"):
        if rows:
            st.html(table(rows))
        if rest:
            names = ", ".join(words.title(entry) for entry in rest)
            prose.note(words.said(run, f"Not testable in this audit: {names}."))
        st.caption(words.said(run, NO_PROOF))


def table(rows: Sequence[Finding]) -> str:
    """HTML of one row per flag."""
    head = (
        "<tr><th>Looked for</th><th class='num'>n</th><th>Could have been missed</th>"
        "<th>What was measured</th></tr>"
    )
    body = "".join(
        f"<tr><td>{html.escape(words.title(entry))}</td><td class='num'>{entry.n or '–'}</td>"
        f"<td>{html.escape(missed(entry))}</td><td class='said'>{html.escape(entry.statement)}</td></tr>"
        for entry in rows
    )
    return prose.scrolling(f"<table>{head}{body}</table>", "What was not found, in numbers")
