"""Example pictures of a finding under their heat, and what is true of them."""

from pathlib import Path

import numpy as np
import streamlit as st

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import MapSet
from gradcam_core.images import data_url, encode_jpeg
from gradcam_core.runs import queries
from gradcam_core.runs.report.overlays import heated_example
from gradcam_core.runs.store import Run, open_run
from ui import data
from ui.values import number, text


def truth(run: Run, sample_id: str) -> str:
    """'truly cat': what is known of the sample, in the words of the run's task; '' where nothing is."""
    row = queries.row_of(data.table(run), sample_id)
    if row is None:
        return ""
    record = data.records(run, np.array([row]))[0]
    if (target := number(record.get("target"))) is not None:
        return f"truly {target:.2f}"
    label = text(record.get("label"))
    return f"truly {label}" if label else "no label"


@st.cache_data(max_entries=128, show_spinner=False)
def heated(path: str, name: str, sample_id: str, map_set: MapSet) -> str:
    """The example picture ``name`` under the sample's map, cold places clear, as a URL; '' if gone."""
    try:
        run = open_run(Path(path))
        row = queries.row_of(data.table(run), sample_id)
        return "" if row is None else data_url(encode_jpeg(heated_example(run, row, name, map_set), 92))
    except (AuditError, OSError):
        return ""
