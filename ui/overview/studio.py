"""The answers as Edge Impulse Studio counts them, for runs that come from there or have a threshold."""

import streamlit as st

from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import by_studio, quantised_sentences, studio_sentences
from ui import data, prose


def quantised(run: Run) -> None:
    """What quantisation changes, where a quantised network was asked beside the model."""
    said = quantised_sentences(data.table(run), run.manifest)
    if said:
        st.subheader("As the quantised network answers")
        st.markdown(prose.plain(" ".join(said), 600))


def studio(run: Run) -> None:
    """Studio's count beside ours, Studio's own answers beside ours, and each class by Studio's rule."""
    table = data.table(run)
    said = studio_sentences(table, run.manifest)
    if not said:
        return
    st.subheader("As Edge Impulse counts")
    for one in said:
        st.markdown(prose.plain(one))
    count = by_studio(table, run.manifest)
    if count is not None:
        with st.expander("Precision and recall per class, uncertain answers counted as wrong"):
            st.dataframe(count.classes, hide_index=True, width="stretch")
