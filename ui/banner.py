"""What stands above everything on every page of a run: without it no number there can be read."""

import streamlit as st

from gradcam_core.runs.store import Run
from ui import prose


def banner(run: Run) -> None:
    """One box with every alarm of the run; nothing where there is none."""
    if said := run.alarms:
        box(said)


def box(said: list[str]) -> None:
    """One red box; one paragraph per sentence."""
    text = "\n\n".join(prose.plain(f"{one[:1].upper()}{one[1:]}.") for one in said)
    st.error(text, icon=":material/warning:")
