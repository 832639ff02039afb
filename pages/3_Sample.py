"""Why this sample? Original, overlay and map side by side, all scores, previous and next in the order."""

import streamlit as st

from ui import layout, sample, state
from ui.findings import edits, trust
from ui.reviews import regions, who

run = layout.page("Sample", "Why this sample?")
with layout.boundary():
    map_set = state.map_set(run)
    found = sample.current_row(run, map_set)
    if found is None:
        sample.missing()
        st.stop()
    row, near = found
    who.ask()
    who.ask_if_needed()
    st.text(sample.answer(run, row, map_set))
    sample.walk(run, near)
    record = sample.show(run, row, near, map_set)
    regions.panel(run, record)
    trust.small(run, map_set)
    edits.panel(run, state.get("sample"))
    sample.others(run, state.get("sample"))
