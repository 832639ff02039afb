"""The sections of the Overview. Each is one function that draws one answer."""

import streamlit as st

from gradcam_core.runs.store import Run
from ui import readings
from ui.overview.classes import focus, mean_heat
from ui.overview.findings import findings
from ui.overview.frame import banner, choose_maps, fact_table, subject, understood
from ui.overview.skipped import skipped
from ui.overview.studio import quantised, studio

__all__ = [
    "answers_and_findings",
    "banner",
    "choose_maps",
    "fact_table",
    "focus",
    "mean_heat",
    "quantised",
    "skipped",
    "studio",
    "subject",
    "understood",
]


def answers_and_findings(run: Run) -> None:
    """Side by side where truth against answer is small, one below the other where it needs the width."""
    reading = readings.of(run)
    if not reading.narrow(run):
        reading.against(run)
        findings(run)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        reading.against(run)
    with right:
        findings(run)
