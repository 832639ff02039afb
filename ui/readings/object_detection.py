"""Objects found cell by cell: precision and recall per class, hits and misses, boxes and cells."""

from typing import Any

import numpy as np
import streamlit as st

from gradcam_core.base.picture_rules import Pixels
from gradcam_core.base.types import BACKGROUND
from gradcam_core.runs.project import place_of
from gradcam_core.runs.store import Run
from gradcam_core.tasks.object_detection.cells import from_text, rectangles
from gradcam_core.tasks.object_detection.summary import Detection, Interval, per_class
from ui import data, prose, thumbnails
from ui.figures.objects import Marks, objects
from ui.readings import READINGS, Reading, Row, Said
from ui.readings._links import link
from ui.readings.classification import against as confusion
from ui.values import number, text

MOST = 24  # objects of one picture that are drawn and listed
VERDICTS = {
    "hit": "hit",
    "other class": "other class",
    "false alarm": "false alarm",
    "miss": "missed",
    "nothing": "nothing there, nothing found",
}


def said(run: Run, row: Row) -> Said:
    """ "nut 0.93, hit"."""
    truth, found = text(row["label"]), text(row["predicted"])
    if found is None:
        return Said("not read", "", "not predicted", False, "", "The picture was not read")
    confidence = number(row["score"] if found != BACKGROUND else row["confidence"])
    shown = "" if confidence is None else f"{confidence:.2f}"
    kind = text(row["detection"])
    if kind is None:
        sentence = f"Found {found} with {shown}, no box to compare"
        return Said(found, "", "no box to compare", False, shown, sentence)
    verdict = VERDICTS[kind]
    if kind in ("hit", "nothing"):
        sentence = f"Found {found} with {shown}, a hit" if kind == "hit" else "No box, and nothing found"
        return Said(found, "", verdict, False, shown, sentence)
    sentences = {
        "miss": f"Missed {truth}: the cell at its centre says background with {shown}",
        "false alarm": f"Found {found} with {shown} where no box is",
        "other class": f"Found {found} with {shown} where the box says {truth}",
    }
    return Said(str(truth), found, verdict, True, shown, sentences[kind])


@st.cache_data(max_entries=16, show_spinner=False)
def _per_class(path: str) -> list[Detection]:
    run = data.opened(path)
    return per_class(data.table(run), run.class_names)


def against(run: Run) -> None:
    """Precision, recall and F1 per class, then the matrix with background."""
    st.header("Objects found and boxes", anchor=False)
    st.dataframe([_line(one) for one in _per_class(run.key)], hide_index=True)
    prose.note(
        "Precision: of the objects found, the share on a box of their class. Recall: of the boxes, the "
        "share that was found. Intervals 95 %: Wilson, for F1 a bootstrap over pictures. An object is on a "
        "box when the middle of its cells lies in it, or one of its cells holds the box's centre."
    )
    confusion(run)


def _line(one: Detection) -> dict[str, Any]:
    return {
        "Class": one.name or "all",
        "Found": one.found,
        "Precision": _share(one.precision, one.precision_interval),
        "Boxes": one.boxes,
        "Recall": _share(one.recall, one.recall_interval),
        "F1": _share(one.f1, one.f1_interval),
    }


def _share(value: float, interval: Interval) -> str:
    if np.isnan(value):
        return "–"
    return f"{value:.2f}" if np.isnan(interval[0]) else f"{value:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"


def narrow(run: Run) -> bool:
    """The table needs the width."""
    return False


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """What it is, its cells and boxes, the picture."""
    cells = text(row["cells"])
    found = [
        ("Box", text(row["label"]) or "none to compare"),
        ("Found", text(row["predicted"]) or "nothing"),
    ]
    found += [("Explained", text(row["explained"]) or "nothing"), ("Picture", str(row["picture"]))]
    return [*found, ("Cells (row,column)", cells or "the whole grid")]


def panel(run: Run, place: int, row: Row) -> None:
    """The whole picture with boxes and cells, and links to its other objects."""
    table = data.table(run)
    rows = np.flatnonzero((table["picture"] == row["picture"]).to_numpy(dtype=bool))[:MOST]
    records = data.records(run, rows)
    st.header("All objects of this picture", anchor=False)
    shown = _picture(str(run.root), str(row["path"]), run.input_spec.pixels)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if shown.url:
            marks = [_marks(run, one, str(row["sample_id"])) for one in records]
            figure = objects(shown.url, shown.size, marks)
            alt = "; ".join(mark.title for mark in marks)
            options = {"displayModeBar": False}
            st.plotly_chart(figure, width="content", theme=None, config=options, alt=alt)
            prose.note("Boxes are dashed, cells full; those of this sample are thicker.")
    with right:
        for one in records:
            link(said(run, one), one, str(row["sample_id"]))


@st.cache_data(max_entries=24, show_spinner=False)
def _picture(root: str, path: str, pixels: Pixels) -> thumbnails.Shown:
    return thumbnails.large(root, path, pixels)


def _marks(run: Run, row: Row, chosen: str) -> Marks:
    name, grid = str(row["sample_id"]), run.output_grid
    found = row["predicted"] != BACKGROUND and row["height"]
    cells = rectangles(from_text(str(row["cells"])), grid, place_of(run, row)) if grid and found else []
    own = run.outlines([name]).get(name, []) if text(row["boxes"]) else []
    return Marks(said(run, row).sentence, own, cells, name == chosen)


READINGS.add(
    "object-detection",
    Reading(
        said=said,
        against=against,
        narrow=narrow,
        lists={"labels": "Class of the box", "predicted": "Found"},
        sliders=("score", "confidence"),
        shares=("score", "confidence"),
        sorts={
            "score": "Score", "confidence": "Confidence", "margin": "Margin (log-odds)",
            "label": "Class of the box", "predicted": "Found", "detection": "Hit or miss",
        },
        on_card=("score", "confidence", "label", "predicted", "detection"),
        below="score",
        facts=facts,
        panel=panel,
    ),
)  # fmt: skip
