"""The answer of an audit as every page shows it first: sentence, strip, level, number."""

import html

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs import findings
from gradcam_core.runs.findings import USES, Finding
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import Headline
from gradcam_core.runs.summary.finding_words import not_seen, tested
from ui import access, jobs, prose, state
from ui.findings import cards, load, pairs, words
from ui.findings.search import KIND, latest
from ui.overview import cached

PAGE = "pages/5_Findings.py"


def of(run: Run, map_set: MapSet) -> Headline:
    """The computed sentences of a run, fresh after each search."""
    changed = load.stamp(run.path / findings.FINDINGS)
    return cached.headline(run.key, map_set, changed)


def answer(run: Run, map_set: MapSet) -> None:
    """The strongest finding with its pictures and its number; a button where nothing was tested."""
    found = of(run, map_set)
    prose.answer(found.short)
    if found.level is None:
        start(run)
        return
    entry = found.strongest
    if entry is None:
        return
    st.html(cards.ladder(run, found.level or 0))
    if entry.level >= USES:
        left, right = st.columns([5, 4], gap="large", vertical_alignment="center")
        with left:
            if pictures := strip(run, entry, map_set):
                st.html(pictures)
        with right:
            st.html(cards.figures(entry))
            state.link(PAGE, "All findings and how we know", state.carried())
    else:
        state.link(PAGE, "All findings and how we know", state.carried())


def strip(run: Run, entry: Finding | None, map_set: MapSet) -> str:
    """HTML of the first example: picture, heat, edited picture; '' where none was kept."""
    return pairs.figure(run, pairs.of(run, entry)[:1], map_set, control=False)


def start(run: Run) -> None:
    """A button that starts the search, or that it is going on."""
    job = latest(run)
    if job is not None and job.going:
        prose.note("The search is going on. This page may be closed.")
        state.link(PAGE, "Watch it", state.carried())
        return
    label = "Test it now"
    if access.may("editor") and st.button(
        label, type="primary", icon=":material/science:", key=f"test-{run.id}", help=words.TESTING
    ):
        jobs.start(KIND, str(run.path), jobs.SEARCH)
        st.rerun()


def rest(run: Run, map_set: MapSet) -> None:
    """How right the answers are, and what the heat alone says."""
    found = of(run, map_set)
    prose.said(f"{found.answers} {found.heat}")


def not_found(run: Run) -> None:
    """In one line: what was looked for and not found, and how much could have been missed."""
    found = load.searched(run)
    quiet = [entry for entry in found.found if entry.level == 0] if found else []
    parts = {
        "Looked for and not found": [not_seen(entry) for entry in quiet if tested(entry)],
        "Not testable here": [words.title(entry) for entry in quiet if not tested(entry)],
    }
    said = " ".join(
        f"<b>{title}.</b> {html.escape(words.said(run, '; '.join(names)))}."
        for title, names in parts.items()
        if names
    )
    if said:
        st.html(f'<p class="fnot">{said}</p>')
