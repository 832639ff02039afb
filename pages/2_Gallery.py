"""Which samples look away? One grid of pictures with overlays; filters, order and page in the URL."""

import streamlit as st

from gradcam_core.runs import queries
from ui import download, filters, layout, ordering, state
from ui.gallery import grid
from ui.reviews import filtered, who

run = layout.page("Gallery", "Which samples look away?")
with layout.boundary():
    map_set = state.map_set(run)
    wanted = filters.sidebar(run, map_set)
    sort, descending = ordering.sidebar_sort(run, map_set)
    with st.sidebar:
        st.header("How to draw", anchor=False)
        ordering.map_switch(run)
        size = ordering.page_size()
    who.ask()
    who.ask_if_needed()
    order = filtered.order(run, wanted, sort, descending)
    rows, page, pages = queries.page_of(order, ordering.asked_page(), size)
    with st.container(horizontal=True, vertical_alignment="center"):
        filters.chips(run, wanted, len(order))
        ordering.pager(page, pages)
        download.samples(run, order)
    filtered.note(run)
    if not len(order):
        filters.nothing_found(run, wanted)
        st.stop()
    state.remember_gallery()
    event = grid.show(run, rows, len(order), map_set, sort)
    if event is not None and event.kind == "open":
        state.open_sample(event.sample_id)
    ordering.further(page, pages)
