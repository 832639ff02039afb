"""One sample: where it stands in the filtered order, its pictures and numbers, the same in other audits."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from gradcam_core.base.errors import RunError
from gradcam_core.base.glossary import meaning
from gradcam_core.base.picture_rules import Pixels
from gradcam_core.base.text import in_percent
from gradcam_core.base.types import MapSet, column
from gradcam_core.runs import queries
from gradcam_core.runs.project import turn_of
from gradcam_core.runs.store import TABLE, Run, open_run, reading
from gradcam_core.tasks.wording import spoken
from ui import data, ordering, prose, readings, scales, state, thumbnails
from ui.gallery import cards
from ui.gallery.component import draw
from ui.reviews import cards as review_cards
from ui.reviews import filtered
from ui.reviews.record import take
from ui.values import number

Row = dict[str, Any]
OTHER_RUNS = 12
WAY_UP = "shown upright; the network got it as it is stored, and its map is turned with it"


def filtered_order(run: Run, map_set: MapSet) -> queries.Rows:
    """The gallery's order, as the URL describes it."""
    sort = ordering.sort_column(run, map_set)
    return filtered.order(run, state.gallery_filters(), sort, ordering.descending(run, sort))


def current_row(run: Run, map_set: MapSet) -> tuple[int, queries.Neighbours] | None:
    """(row, neighbours) of the sample in the URL; without one, the first of the filtered order."""
    table, order = data.table(run), filtered_order(run, map_set)
    asked = state.get("sample")
    if not asked and len(order):
        asked = str(table["sample_id"].iloc[order[0]])
        state.put(sample=asked)
    row = queries.row_of(table, asked)
    return None if row is None else (row, queries.neighbours(table, order, asked))


def missing() -> None:
    """Nothing to show: an unknown id, or no sample at all meets the filters."""
    asked = state.get("sample")
    said = f"There is no sample named {prose.plain(asked, 120)} in this audit."
    st.info(said if asked else "No sample meets the filters.")
    state.link(state.GALLERY, "To the gallery", state.carried())


def answer(run: Run, row: int, map_set: MapSet) -> str:
    """The sample in one sentence: truth, prediction, and where the heat lies against chance."""
    record = data.records(run, np.array([row]))[0]
    said = readings.of(run).said(run, record)
    if said.verdict == "not predicted":
        return f"Not predicted: {record['reason']}"
    first = f"{said.sentence}."
    outside = number(record.get(column(map_set, "background_focus")))
    chance = number(record.get(column(map_set, "chance_focus"), record.get("chance_focus")))
    if outside is None or chance is None:
        outside_of = spoken("Attention outside the object", run.task)
        return f"{first} {outside_of}: {scales.why_undefined(record)}."
    there = f"{in_percent(outside)} of the heat lies outside the object"
    same = in_percent(outside) == in_percent(chance)
    where = (
        "as a uniform map would put it" if same else f"a uniform map would put {in_percent(chance)} there"
    )
    return f"{first} {spoken(there, run.task)}{', ' if same else '; '}{where}."


def walk(run: Run, near: queries.Neighbours) -> None:
    """Previous and next in the filtered order, map set, and the way back with the filters kept."""
    filtered = " that meet the filters" if state.gallery_filters() else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        step("Previous", ":material/chevron_left:", near.previous)
        step("Next", ":material/chevron_right:", near.following)
        where = f"**{near.position:,} of {near.total:,}**{filtered}"
        st.markdown(where if near.position else "outside the filters", width="content")
        st.space("stretch")
        ordering.map_switch(run, label=False)
        state.link(state.GALLERY, "Back to the gallery", state.gallery_at(near.position))


def step(label: str, icon: str, sample_id: str | None) -> None:
    """A button to another sample of the order; off at its ends."""
    st.button(label, icon=icon, disabled=sample_id is None, on_click=state.go_to_sample, args=(sample_id,))


def facts(run: Run, record: Row, map_set: MapSet) -> list[tuple[str, str]]:
    """What else is known: file, size, region, states, reasons, metadata."""
    status = record.get(column(map_set, "status"), record["status"])
    size = f"{record['height']} × {record['width']}" if record["height"] else "unknown"
    found = [
        ("Sample", record["sample_id"]),
        ("File", record["path"]),
        *readings.of(run).facts(run, record),
        ("Map", status),
        ("Height × width", size),
        *([("Way up", WAY_UP)] if turn_of(record) != 1 else []),
        ("Region", record["region_source"]),
    ]
    if (area := number(record["object_area"])) is not None:
        found.append((scales.PLAIN["object_area"], f"{in_percent(area)} of the picture"))
    if record["reason"]:
        found.append(("Undefined because", record["reason"]))
    found += [
        (scales.title(run, name), "" if pd.isna(value) else str(value))
        for name, value in record.items()
        if name.startswith("meta_")
    ]
    return [(name, str(value)) for name, value in found]


def show(run: Run, row: int, near: queries.Neighbours, map_set: MapSet) -> Row:
    """Pictures, scores, classes and facts as one component; the arrow keys step through the order."""
    rows = np.array([row])
    record = data.records(run, rows)[0]
    shown = _large(str(run.root), str(record["path"]), run.input_spec.pixels)
    card = cards.card(run, record, shown, map_set)
    columns = scales.ruled_columns(run, map_set)
    ids, here = queries.nearby(data.table(run), filtered_order(run, map_set), near.position)
    reading = readings.of(run)
    details = {
        "mode": "detail",
        "nearby": ids,
        "here": here,
        "scores": [scales.scale(run, record, name) for name in columns],
        "bars": reading.bars(run, row, record),
        "bars_title": reading.bars_title,
        "facts": [(name, value, meaning(name)) for name, value in facts(run, record, map_set)],
    }
    details["reviews"] = review_cards.payload(run, [card["id"]])
    draw(
        {**cards.payload(run, rows, map_set, [card]), **details}, "sample_view", state.go_to_sample,
        lambda sent: take(run, sent),
    )  # fmt: skip
    reading.panel(run, row, record)
    return record


@st.cache_data(max_entries=24, show_spinner=False)
def _large(root: str, path: str, pixels: Pixels) -> thumbnails.Shown:
    return thumbnails.large(root, path, pixels)


@st.cache_data(max_entries=16, show_spinner=False)
def _holds(path: str, sample_id: str) -> bool:
    wanted: list[tuple[str, str, Any]] = [("sample_id", "==", sample_id)]
    try:
        run = open_run(Path(path))
        with reading(run, TABLE):
            return len(pd.read_parquet(run.file(TABLE), columns=["sample_id"], filters=wanted)) > 0
    except RunError:
        return False


def elsewhere(run: Run, sample_id: str) -> list[Run]:
    """Other audits of the same project that hold this sample, newest first, at most twelve."""
    same = (
        other
        for name in data.run_paths()
        if name != run.id and (other := data.run(name)) is not None
        if other.root == run.root
    )
    return [other for other in list(same)[:OTHER_RUNS] if _holds(str(other.path), sample_id)]


def others(run: Run, sample_id: str) -> None:
    """Links to the same sample explained for another class, layer or method."""
    found = elsewhere(run, sample_id)
    if not found:
        return
    st.header("The same sample in other audits", anchor=False)
    for other in found:
        entry = other.map_facts["classic"]
        label = f"{other.explain} class, {cards.method(entry)} at {entry['layer']}, {other.id}"
        state.link(state.SAMPLE, label, {"run": [other.id], "sample": [sample_id]})
