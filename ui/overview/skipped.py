"""Samples that the audit could not use."""

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from ui import prose, state
from ui.overview import cached


def skipped(run: Run, map_set: MapSet) -> None:
    """Counts by status and the full list with reasons; nothing is dropped silently."""
    rows = cached.skipped(run.key, map_set)
    if rows.empty:
        prose.note("Every sample was read and has a map.")
        return
    counts = rows["status"].astype(str).value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    said = ", ".join(f"{count:,} {status}" for status, count in ordered)
    with st.expander(f"{prose.count(len(rows), 'sample')} without a map: {prose.plain(said)}"):
        titles = {
            "sample_id": "Sample",
            "path": "File",
            "label": "Label",
            "status": "Status",
            "reason": "Reason",
        }
        st.dataframe(rows.rename(columns=titles), hide_index=True)
        st.page_link(
            state.GALLERY,
            label="See them in the gallery",
            icon=":material/chevron_right:",
            query_params=state.gallery_link(Filters(status=tuple(sorted(counts.index)))),
        )
