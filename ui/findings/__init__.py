"""The Findings page: the verdict, the cards, what was not found, what goes with what."""

from pathlib import Path

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.findings import part_searched
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.verdict import ranked
from ui import prose
from ui.findings import front, load, words
from ui.findings.cards import card
from ui.findings.contexts import contexts
from ui.findings.search import latest, search
from ui.findings.silent import silent
from ui.reviews import on_finding

CSS = Path(__file__).with_name("style.css")
__all__ = ["again", "contexts", "evidence", "headline", "search", "style"]
WHAT = (
    "The search looks for backgrounds, markers, borders, watermarks and looks that go with a class. Edits "
    "then test whether the model uses them: each is compared with a control edit of the same size."
)


def style() -> None:
    """The style sheet of findings, trust and edits; once per page."""
    st.html(CSS)


def headline(run: Run, map_set: MapSet) -> None:
    """The verdict in one sentence, and how the search was made."""
    found = load.searched(run)
    if found is None:
        job = latest(run)
        busy = job is not None and job.going
        prose.answer(
            "This audit is being searched." if busy else "Not tested yet: nobody has searched this audit."
        )
        prose.note(words.said(run, WHAT))
        return
    if found.problem:
        prose.answer("The findings of this audit cannot be read.")
        st.warning(
            f"{prose.plain(found.problem)}. Search again to replace it.", icon=":material/broken_image:"
        )
        return
    prose.answer(front.of(run, map_set).short)
    samples = part_searched(found.facts) or prose.count(int(run.counts["samples"]), "sample")
    budget = found.facts.get("budget")
    made = f"up to {budget} samples per edit" if found.edited else "no edits were made: level 2 at most"
    prose.facts([samples, made, f"seed {found.facts.get('seed')}"])


def evidence(run: Run, map_set: MapSet) -> None:
    """One card per finding, strongest first; then what was not found."""
    found = load.searched(run)
    if found is None or found.problem:
        search(run, "Search this audit")
        return
    shown = [entry for entry in ranked(found.found) if entry.level > 0]
    if shown:
        on_finding.begin(run)
    for number, entry in enumerate(shown):
        card(run, map_set, number, entry)
    silent(run, found.found)


def again(run: Run) -> None:
    """Search once more with another budget; open while such a search goes on."""
    found = load.searched(run)
    if found is None or found.problem:
        return
    job = latest(run)
    busy = job is not None and job.going
    with st.expander("Search again", icon=":material/refresh:", expanded=busy or not found.edited):
        search(run, "Search again")
