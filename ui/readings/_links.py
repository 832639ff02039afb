"""The other rows of a picture, each in its words and a link; the shown one without."""

import streamlit as st

from ui import prose, state
from ui.readings import Row, Said


def link(words: Said, row: Row, shown: str) -> None:
    """Draw one row's answer: a link to its Sample page, or where it is the ``shown`` one, that it is."""
    answer = f" → {words.answer}" if words.answer else ""
    label = f"{words.truth}{answer} {words.number}, {words.verdict}"
    name = str(row["sample_id"])
    if name == shown:
        st.markdown(f"**{prose.plain(label)}** (shown here)")
    else:
        state.link(state.SAMPLE, label, {**state.query(), "sample": [name]})
