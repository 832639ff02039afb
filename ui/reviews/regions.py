"""The object drawn by hand on the Sample page: box, outline, or the object under a click."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import streamlit as st

from gradcam_core import images
from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError, SampleError
from gradcam_core.base.types import Outline
from gradcam_core.images.regions.pointed import pointed_at
from gradcam_core.runs.redrawn import drawn_on
from gradcam_core.runs.reviews.acts import EVERY, Act, utc
from gradcam_core.runs.reviews.regions import to_outline, to_text
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import contents, reviews_of
from ui import access, data, figures, pickers, prose, state, thumbnails
from ui.figures.drawing import Tool
from ui.reviews import who

TOOLS = {
    "box": "Box",
    "lasso": "Outline",
    "points": "Click on the object: an outline is proposed",
    "numbers": "Box in numbers",
}
SIDES = ("Left", "Top", "Right", "Bottom")
PROBLEM = "region_problem"
DRAWN_TASKS = ("classification", "multi-label", "regression", "visual-anomaly")


def panel(run: Run, record: Mapping[str, Any]) -> None:
    """Draw the object where none is known or it is wrong; every score follows at once."""
    if run.task not in DRAWN_TASKS or not record["height"] or not access.may("reader"):
        return
    with st.expander("Where is the object? Draw it", icon=":material/draw:"):
        held = _held(run, str(record["sample_id"]))
        if held is not None:
            every = ", on all pictures without a region of their own" if held.sample == EVERY else ""
            st.text(f"Drawn by {held.reviewer}, {held.time[:16].replace('T', ' ')} UTC{every}.")
        prose.note(
            "What is drawn takes the place of the region of the audit: attention outside the object is "
            "computed anew at once, here and in the gallery. Findings keep theirs until the next search."
        )
        shown = thumbnails.large(str(run.root), str(record["path"]), run.input_spec.pixels)
        if not shown.url:
            st.info(f"The picture cannot be shown: {prose.plain(shown.reason, 200)}")
            return
        tool = pickers.segments("region_tool", "region_tool", "Draw as", tuple(TOOLS), TOOLS.__getitem__)
        drawn = _in_numbers() if tool == "numbers" else _drawn(run, record, shown, cast(Tool, tool), held)
        _act(run, record, drawn, held)


def _held(run: Run, sample: str) -> Act | None:
    """The act whose region is seen on this sample."""
    drawn = drawn_on(run, paths.roots_of_pages())
    own = drawn.own.get(sample)
    return own if own is not None else drawn.shared


def _drawn(
    run: Run, record: Mapping[str, Any], shown: thumbnails.Shown, tool: Tool, held: Act | None
) -> Outline:
    """What the reader draws now; [] while there is nothing."""
    name = f"region-{run.id}-{record['sample_id']}-{tool}"
    known = to_outline(held.outline) if held is not None else []
    proposed: Outline = state.kept(f"{name}-proposed", [])
    figure = figures.drawing(shown.url, shown.size, proposed or known, tool, _dark())
    told = "The picture; drag on it to draw, or choose the box in numbers."
    selection = figures.selected(figure, state.fresh(name), told, tool)
    if tool != "points":
        return figures.selected_outline(selection, shown.size)
    point = figures.selected_point(selection, shown.size)
    if point is None:
        return proposed
    outline = _proposal(run, str(record["path"]), point)
    if outline != proposed:
        state.keep(f"{name}-proposed", outline)
        st.rerun()
    return outline


@st.cache_data(max_entries=64, show_spinner="Looking for the object around the click")
def _pointed(root: str, path: str, pixels: Any, point: tuple[float, float]) -> Outline:
    return pointed_at(images.read_rgb(thumbnails.source_path(root, path), pixels=pixels), *point)


def _proposal(run: Run, path: str, point: tuple[float, float]) -> Outline:
    try:
        found = _pointed(str(run.root), path, run.input_spec.pixels, point)
    except (AuditError, SampleError, OSError):
        found = []
    if not found:
        st.info("Nothing stands out around this point. Click elsewhere, or draw a box or an outline.")
    return found


def _in_numbers() -> Outline:
    """A box as percent of the picture, for those who draw with the keyboard."""
    with st.container(horizontal=True):
        starts = (25.0, 25.0, 75.0, 75.0)
        values = [
            st.number_input(f"{side}, %", 0.0, 100.0, start, 1.0, key=f"region_{side.lower()}")
            for side, start in zip(SIDES, starts, strict=True)
        ]
    left, top, right, bottom = (value / 100 for value in values)
    if left >= right or top >= bottom:
        st.info("Left has to be smaller than right, and top smaller than bottom.")
        return []
    return [[left, top, right, top, right, bottom, left, bottom]]


def _act(run: Run, record: Mapping[str, Any], outline: Outline, held: Act | None) -> None:
    """Keep, keep for all, remove."""
    sample, reader = str(record["sample_id"]), who.reviewer()
    if not reader:
        prose.note("Say your name in the sidebar first: a region carries it, as verdicts do.")
    off = not (outline and reader)
    with st.container(horizontal=True):
        st.button(
            "Use this region", type="primary", disabled=off, on_click=keep, args=(run, sample, outline)
        )
        st.button(
            "Use it on every picture without a region",
            disabled=off,
            on_click=keep,
            args=(run, EVERY, outline),
        )
        st.button(
            "Remove the drawn region", icon=":material/delete:", disabled=held is None or not reader,
            on_click=keep, args=(run, held.sample if held is not None else sample, []),
        )  # fmt: skip
    if problem := state.kept(PROBLEM, ""):
        st.error(str(problem))


@access.needs("reader")
def keep(run: Run, sample: str, outline: Sequence[Sequence[float]]) -> None:
    """Record one region, or that there is none any more; what went wrong is said by the panel."""
    shared = sample == EVERY
    try:
        roots = paths.roots_of_pages()
        now = {EVERY: ""} if shared else contents(run, data.table(run), [sample], roots)
        if sample not in now:
            raise AuditError(
                "the picture, to say what was drawn on", "none that can be read", "put it back"
            )
        act = Act(
            project=run.name, sample=sample, hash=now[sample], reviewer=who.reviewer(), run=run.id,
            kind="shared region" if shared else "region", outline=to_text(outline),
            time=utc(datetime.now(UTC)),
        )  # fmt: skip
        reviews_of(run).record_all([act])
    except AuditError as error:
        state.keep(PROBLEM, f"Not kept: expected {error.expected}; found {error.found}; {error.todo}.")
        return
    state.keep(PROBLEM, "")


def _dark() -> bool:
    return st.context.theme.type == "dark"
