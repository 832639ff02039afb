"""Rows of a run's table -> what the browser component draws. Plain values, NaN becomes None."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, get_args

import numpy as np

from gradcam_core import images
from gradcam_core.base.types import MapSet, column
from gradcam_core.maps import overlay
from gradcam_core.runs.project import rectangles, turn_of, turns_of
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run
from ui import data, readings, scales
from ui.readings import Row, Said
from ui.thumbnails import Shown

COLOURS: tuple[overlay.ColorMap, ...] = ("inferno", "magma", "viridis", "cividis", "jet")
assert set(COLOURS) <= set(get_args(overlay.ColorMap))


def describe(said: Said, score: Mapping[str, Any]) -> str:
    """The alternative text of a picture: the answer, and where the heat lies."""
    if said.verdict == "not predicted":
        return said.sentence
    value = score["value"]
    focus = f"{score['title']} {value:.2f}" if value is not None else score["why"]
    return f"{said.sentence}; {focus}"


def badges(row: Row, status: str, some_regions: bool = True) -> list[str]:
    """What a reader must know before trusting the card; what holds for every card says nothing."""
    found = [] if status in ("ok", "unreadable") else [status]
    missing = some_regions and row["region_source"] == "none" and status != "unreadable"
    return found + (["no region"] if missing else [])


def has_regions(run: Run) -> bool:
    """Some sample of the run has a region."""
    return any(n for source, n in run.counts["regions"].items() if source != "none")


def card(run: Run, row: Row, shown: Shown, map_set: MapSet, sort: str = "") -> dict[str, Any]:
    """One card: texts, picture, where the map lies on it, its focus on a ruler; outlines come later."""
    status = str(row.get(column(map_set, "status"), row["status"]))
    said = readings.of(run).said(run, row)
    score = scales.scale(run, row, scales.focus_column(map_set))
    seen, content = rectangles(run, row)
    return {
        "id": str(row["sample_id"]),
        "said": asdict(said),
        "score": score,
        "sorted": scales.sorted_by(run, row, sort) if sort != scales.focus_column(map_set) else "",
        "picture": shown.url,
        "reason": shown.reason or str(row["reason"] or ""),
        "size": list(shown.size),
        "map": status == "ok",
        "grid": list(images.turned_size(run.grid(map_set), turn_of(row))),
        "seen": seen,
        "content": content,
        "badges": badges(row, status, has_regions(run)),
        "alt": describe(said, score),
        "outline": [],
    }


def maps_of(run: Run, rows: Rows, map_set: MapSet) -> str:
    """Raw maps of these rows, one after the other, each turned as its picture is shown: base64 of
    little-endian float32; NaN becomes 0."""
    values = np.nan_to_num(np.asarray(run.maps(map_set)[rows], dtype="<f4"), nan=0.0)
    turns = turns_of(data.table(run).iloc[rows])
    shown = (images.turned(one, turn) for one, turn in zip(values, turns, strict=True))
    return base64.b64encode(b"".join(one.tobytes() for one in shown)).decode()


def tables() -> dict[str, str]:
    """Colour tables, 256 RGB triples each, base64."""
    return {name: base64.b64encode(overlay.color_table(name).tobytes()).decode() for name in COLOURS}


def method(entry: Mapping[str, Any]) -> str:
    """The CAM method's title out of an entry of the manifest's maps."""
    return str(entry.get("title", entry["method"]))


def caption(run: Run, map_set: MapSet) -> str:
    """Which map is drawn and how coarse it is; never a silent enlargement."""
    entry = run.map_facts[map_set]
    h, w = run.grid(map_set)
    return (
        f"{method(entry)} at {entry['layer']}: {h}×{w} cells, drawn smooth over each picture; edges finer "
        "than a cell are not in the map (“Cells” shows it as it is)"
    )


def payload(run: Run, rows: Rows, map_set: MapSet, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What both modes of the component need besides their own entries."""
    outlines = run.outlines([entry["id"] for entry in found])
    drawn = {name: [list(map(float, polygon)) for polygon in lines] for name, lines in outlines.items()}
    return {
        "cards": [{**entry, "outline": drawn.get(entry["id"], [])} for entry in found],
        "maps": maps_of(run, rows, map_set),
        "grid": list(run.grid(map_set)),
        "shared": data.shared_top(run, map_set),
        "tables": tables(),
        "caption": caption(run, map_set),
    }
