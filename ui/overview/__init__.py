"""The sections of the Overview. Each is one function that draws one answer."""

import streamlit as st

from gradcam_core.store import Run
from ui.overview.classes import confusion, focus, mean_heat
from ui.overview.findings import findings
from ui.overview.frame import banner, choose_maps, fact_table, subject, understood
from ui.overview.skipped import skipped

BESIDE = 6  # classes up to which the matrix leaves room for something beside it

__all__ = [
    "banner",
    "choose_maps",
    "confusion_and_findings",
    "fact_table",
    "focus",
    "mean_heat",
    "skipped",
    "subject",
    "understood",
]


def confusion_and_findings(run: Run) -> None:
    """Side by side where the matrix is small, one below the other where it needs the width."""
    if len(run.manifest["project"]["class_names"]) > BESIDE:
        confusion(run)
        findings(run)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        confusion(run)
    with right:
        findings(run)
