"""Example pictures of a finding under their heat, and what is true of them."""

import base64
from pathlib import Path

import numpy as np
import streamlit as st

from gradcam_core import images
from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import MapSet
from gradcam_core.maps.overlay import blend, normalise
from gradcam_core.runs import queries
from gradcam_core.runs.examples import FOLDER
from gradcam_core.runs.store import Run, open_run
from ui import data
from ui.values import number, text

ALPHA = 0.75


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
        if row is None:
            return ""
        picture = images.read_rgb(inside(Path(path) / FOLDER, name))
        size = (int(picture.shape[0]), int(picture.shape[1]))
        heat = np.nan_to_num(np.asarray(run.maps(map_set)[row], dtype=np.float32))
        values = images.map_to_picture(normalise(heat), images.geometry(size, size, "squash"))
        drawn = images.encode_jpeg(blend(picture, values, ALPHA, fade=True), 92)
        return f"data:image/jpeg;base64,{base64.b64encode(drawn).decode()}"
    except (AuditError, OSError):
        return ""
