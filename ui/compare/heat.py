"""A picture of a run, small, under its heat."""

import base64
from pathlib import Path

import numpy as np
import streamlit as st

from gradcam_core import images
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import MapSet
from gradcam_core.maps.overlay import blend, normalise
from gradcam_core.runs.project import turn_of
from gradcam_core.runs.store import open_run
from ui import data, thumbnails

ALPHA = 0.75


@st.cache_data(max_entries=512, show_spinner=False)
def heated(path: str, row: int, map_set: MapSet) -> tuple[str, str]:
    """(the picture of a row under its map, cold places clear, as a URL; "") or ("", why there is none)."""
    run = open_run(Path(path))
    record, spec = data.table(run).iloc[row], run.input_spec
    try:
        source = thumbnails.source_path(str(run.root), str(record["path"]))
        side = thumbnails.LONGEST
        picture = images.thumbnail(images.read_rgb(source, (side, side), spec.pixels), side)
    except (AuditError, OSError):
        return "", "picture gone"
    heat = np.asarray(run.maps(map_set)[row], dtype=np.float32)
    if np.isfinite(heat).all():
        size = (int(picture.shape[0]), int(picture.shape[1]))
        place = images.geometry(size, spec.size, spec.resize, turn_of(record))
        picture = blend(picture, images.map_to_picture(normalise(heat), place), ALPHA, fade=True)
    drawn = base64.b64encode(images.encode_jpeg(picture, 90)).decode()
    return f"data:image/jpeg;base64,{drawn}", ""
