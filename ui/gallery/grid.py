"""The gallery page's body: the page of the order that the URL asks for, as one component."""

import streamlit as st

from gradcam_core.base.picture_rules import Pixels
from gradcam_core.base.types import MapSet
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run
from ui import data, readings, thumbnails
from ui.gallery import cards
from ui.gallery.component import Event, draw
from ui.reviews import cards as review_cards
from ui.reviews import record

RULER = "then the focus ruler: ◆ 0 tight, | 1 like a uniform map, 2 all background."


def show(run: Run, rows: Rows, total: int, map_set: MapSet, sort: str) -> Event | None:
    """Draw these rows (one page of ``total`` matching samples) and return what somebody did."""
    records = data.records(run, rows)
    root = str(run.root)
    wanted = [(str(row["path"]), (int(row["height"]), int(row["width"]))) for row in records]
    pictures = _pictures(str(run.path), root, tuple(wanted), run.input_spec.pixels)
    found = [
        cards.card(run, row, shown, map_set, sort) for row, shown in zip(records, pictures, strict=True)
    ]
    payload = cards.payload(run, rows, map_set, found)
    caption = f"{payload['caption']}. Below each: {readings.of(run).below}, {RULER}"
    reviews = review_cards.payload(run, [entry["id"] for entry in found])
    count = f"{len(rows)} of {total} samples shown"
    return draw(
        {**payload, "caption": caption, "mode": "grid", "count": count, "reviews": reviews},
        key="grid",
        on_review=lambda sent: record.take(run, sent),
    )


@st.cache_data(max_entries=12, show_spinner="Reading pictures")
def _pictures(
    run: str, root: str, wanted: tuple[tuple[str, tuple[int, int]], ...], pixels: Pixels
) -> list[thumbnails.Shown]:
    return thumbnails.page(root, wanted, pixels)
