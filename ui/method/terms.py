"""The glossary as a table."""

import streamlit as st

from gradcam_core.base.glossary import TERMS


def terms() -> None:
    """Every term in one sentence, in alphabetical order."""
    st.header("Glossary", anchor="glossary")
    rows = sorted(TERMS.items(), key=lambda item: item[0].lower())
    st.table([{"Term": name, "Means": said} for name, said in rows], hide_index=True)
