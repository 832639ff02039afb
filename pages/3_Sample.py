"""Why this sample? Original, overlay and map side by side, all scores, previous and next in the order."""

import streamlit as st

from ui import layout, ordering, sample, state

run = layout.page("Sample", "Why this sample?")
with layout.boundary():
    map_set = state.map_set(run)
    found = sample.current_row(run, map_set)
    if found is None:
        sample.missing()
        st.stop()
    row, near = found
    sample.walk(run, near)
    ordering.map_switch(run)
    event = sample.show(run, row, map_set)
    if event is not None and event.kind == "step":
        target = near.previous if event.step < 0 else near.following
        if target is not None:
            state.go_to_sample(target)
    sample.others(run, state.get("sample"))
