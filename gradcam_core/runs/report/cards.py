"""A row of a run as the report's own browser part draws it: picture, raw heat, place, words. JSON-able."""

import base64
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.errors import SampleError
from gradcam_core.base.hashing import file_sha256
from gradcam_core.base.types import Floats, MapSet, column
from gradcam_core.images import data_url, encode_jpeg, read_rgb, thumbnail, turned, turned_size
from gradcam_core.maps.overlay import normalise
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.project import rectangles, turn_of
from gradcam_core.runs.report.answers import caption, truth_said
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run

LONGEST, QUALITY = 512, 82  # pixels of the longer side; of the JPEG
META = "meta_"


@dataclass
class Cards:
    """The cards that fit, and how many samples were left out for want of room or of their picture."""

    shown: list[dict[str, Any]] = field(default_factory=list)
    no_room: int = 0
    gone: int = 0


def cards(run: Run, rows: Sequence[int], wanted: Wanted, map_set: MapSet, room: float) -> Iterator[Cards]:
    """Make the cards of these rows in ``room`` bytes; yields what there is so far, at first nothing.

    Raises:
        RunError: the project's folder may not be read, or the maps are damaged.
    """
    made = Cards()
    yield made
    outlines = run.outlines([str(name) for name in run.table["sample_id"].iloc[list(rows)]])
    for done, row in enumerate(rows):
        try:
            one = card(run, row, wanted, map_set, len(made.shown) + 1)
        except SampleError:
            made.gone += 1
        else:
            one["outline"] = _rounded(outlines.get(str(run.table["sample_id"].iloc[row]), ()))
            room -= len(json.dumps(one))
            if room < 0:
                made.no_room = len(rows) - done
                return
            made.shown.append(one)
        yield made


def card(run: Run, row: int, wanted: Wanted, map_set: MapSet, number: int) -> dict[str, Any]:
    """One sample. The picture is drawn anew, so that nothing of its file but the pixels is in it.

    Raises:
        SampleError: the picture cannot be read.
    """
    one = run.table.iloc[row]
    file = picture_file(run, str(one["path"]))
    pixels = thumbnail(read_rgb(file, pixels=run.input_spec.pixels), LONGEST)
    seen, content = rectangles(run, one)
    name = str(one["sample_id"]) if wanted.with_names else f"Sample {number}"
    turn, heat = turn_of(one), np.asarray(run.maps(map_set)[row])
    said = truth_said(one, run) if wanted.blind else caption(one, run)
    return {
        "id": str(one["sample_id"]) if wanted.with_names else f"row:{row}",
        "hash": _content(file),
        "name": name,
        "said": said,
        "ruler": "" if wanted.blind else _ruler(one, map_set),
        "more": _more(one) if wanted.with_names else [],
        "alt": f"{name}: {said}",
        "picture": data_url(encode_jpeg(pixels, QUALITY)),
        "size": list(pixels.shape[:2]),
        "map": bool(np.isfinite(heat).all() and heat.max() > 0),
        "heat": _levels(turned(heat, turn)),
        "grid": list(turned_size((heat.shape[0], heat.shape[1]), turn)),
        "seen": seen,
        "content": content,
    }


def _content(file: Path) -> str:
    """SHA-256 of the picture's file: answers belong to what was seen, whatever it is called."""
    try:
        return file_sha256(file)
    except OSError as error:
        raise SampleError("a picture", str(error)) from error


def _levels(heat: Floats) -> str:
    """Base64 of one byte per cell: 255 levels of the map's own maximum."""
    shown = np.nan_to_num(normalise(heat, "image"), nan=0.0)
    return base64.b64encode(np.rint(255 * shown).astype(np.uint8).tobytes()).decode()


def _ruler(one: pd.Series, map_set: MapSet) -> str:
    value = float(one.get(column(map_set, "normalized_background_focus"), math.nan))
    return f"{value:.2f}" if math.isfinite(value) else ""


def _more(one: pd.Series) -> list[list[str]]:
    """Path and metadata as pairs of texts."""
    meta = {name.removeprefix(META): one[name] for name in one.index if name.startswith(META)}
    found = {"file": one["path"], **meta}
    return [[str(name), str(value)] for name, value in found.items() if not pd.isna(value)]


def _rounded(outline: Iterable[Iterable[float]]) -> list[list[float]]:
    return [[round(float(value), 4) for value in polygon] for polygon in outline]
