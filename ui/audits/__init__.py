"""The front page: a card for each audit, with its strongest finding, or what to do where there is none."""

import streamlit as st

from gradcam_core.base.errors import AuditError
from gradcam_core.projects.demos.catalogue import DEMOS
from gradcam_core.runs.store import Run
from ui import data, layout, prose, state
from ui.findings import front
from ui.moments import moment

WIDE, MOST = 325, 24  # pixels of a card; cards at first
OVERVIEW = "pages/1_Overview.py"


def cards() -> None:
    """Every audit, the newest first; of many the first two dozen until the rest is asked for."""
    known = list(data.run_paths())
    if not known:
        layout.no_audits()
        return
    shown = known if state.get("all") else known[:MOST]
    with st.container(horizontal=True, gap="small"):  # as many side by side as the page is wide
        for name in shown:
            with st.container(border=True, key=f"audit-{name}", width=WIDE):
                _card(name)
    if len(shown) < len(known):
        st.button(f"Show all {len(known):,} audits", on_click=lambda: state.put(all="yes"))


def _card(name: str) -> None:
    run = data.run(name)
    if run is None:
        prose.note(f"{name} cannot be opened.")
        return
    st.header(prose.plain(run.name), anchor=False)
    prose.note(about(run))
    try:
        _found(run)
    except AuditError as error:
        prose.note(f"This audit is damaged: {error}")
    state.link(OVERVIEW, "Open this audit", {"run": [run.id]}, icon=":material/arrow_forward:")


def _found(run: Run) -> None:
    map_set = state.own_map_set(run)
    found = front.of(run, map_set)
    if pictures := front.strip(run, found.strongest, map_set):
        st.html(pictures)
    st.badge(found.level_said, icon=":material/flag:", color="gray")
    prose.said(found.said)
    prose.note(found.answers)
    if found.level is None:
        front.start(run)


def about(run: Run) -> str:
    """'200 samples · 2026-11-30 08:34 · a demonstration; planted: the background, which …'."""
    demo = DEMOS.get(run.name) if run.root.parent.name == "demos" else None
    planted = f"a demonstration; planted: {demo.cue}" if demo else ""
    samples = prose.count(int(run.counts["samples"]), "sample")
    return " · ".join(part for part in (samples, moment(run.created), planted) if part)
