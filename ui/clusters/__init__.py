"""The Clusters page: an embedding to lasso, the groups as a table, both ways into the gallery."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs import findings
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.groups import Group, groups, groups_sentence
from ui import data, prose, scales, state
from ui.clusters import choices
from ui.clusters.scatter import MOST, scatter
from ui.clusters.table import group_table
from ui.findings import load
from ui.findings.search import search
from ui.overview.classes import dark

__all__ = ["clusters"]
UNUSED = ["zoomIn2d", "zoomOut2d", "autoScale2d", "toImage"]


def clusters(run: Run, map_set: MapSet) -> None:
    """The whole page below its title."""
    found, problem = load.table(run, findings.CLUSTERS, choices.COLUMNS)
    table = data.table(run)
    if found is not None and found["sample_id"].astype(str).tolist() != table["sample_id"].tolist():
        found, problem = None, f"{findings.CLUSTERS} does not fit the samples of this audit"
    if found is None:
        prose.answer("The samples of this audit have not been grouped yet.")
        choices.nothing(problem)
        search(run, "Search this audit")
        return
    place, group, colour = choices.choose(run, table, found)
    members = _groups(table, found, group, map_set)
    prose.answer(groups_sentence(members, choices.GROUPS.get(group, "anything")))
    _scatter(run, table, found, place, colour)
    group_table(run, map_set, members)


def _groups(table: pd.DataFrame, found: pd.DataFrame, group: str, map_set: MapSet) -> tuple[Group, ...]:
    if not group:
        return ()
    return groups(table, found[group].to_numpy(np.intp), scales.focus_column(map_set))


@st.fragment
def _scatter(run: Run, table: pd.DataFrame, found: pd.DataFrame, place: str, colour: str) -> None:
    """The scatter and the button to what was selected; only this part runs again after a lasso."""
    if not place:
        st.info("There are too few maps and embeddings to draw them.")
        return
    shown = choices.points(table, found, place, colour)
    drawn = scatter(shown, choices.order_of(shown), dark())
    event = st.plotly_chart(
        drawn.figure,
        key=f"clusters-{run.id}-{place}-{colour}",
        on_select="rerun",
        selection_mode=("lasso", "box", "points"),
        theme=None,
        config={"displayModeBar": True, "displaylogo": False, "modeBarButtonsToRemove": UNUSED},
        alt=f"{len(shown):,} samples placed by {choices.PLACE_NAMES[place].lower()}, "
        f"coloured by {choices.COLOURS[colour].lower()}",
    )
    _selected(selected_ids(event, drawn.bins), len(table) - len(shown), len(shown))


def selected_ids(event: Any, bins: Any) -> tuple[str, ...]:
    """Sample ids of a selection; a selected bin stands for everything in it."""
    chosen = getattr(event, "selection", {}).get("points", [])
    found: list[str] = []
    for point in chosen:
        custom = point.get("customdata")
        name = str(custom[0] if isinstance(custom, list) else custom["0"]) if custom else ""
        found += bins.get(name, (name,) if name else ())
    return tuple(dict.fromkeys(found))


def _selected(ids: tuple[str, ...], missing: int, placed: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        label = f"Open the {len(ids):,} selected in the gallery"
        if ids and st.button(label, key="open_selected", icon=":material/grid_view:"):
            state.open_gallery(Filters(ids=ids))
        prose.note(_how(missing, placed))


def _how(missing: int, placed: int) -> str:
    binned = (
        f"{placed:,} samples are drawn as bins, because points would hide each other: size is the count, "
        "colour the value that occurs there most. "
        if placed > MOST
        else "● correct, ▲ wrong, ◆ no label. "
    )
    one, many = "sample without a map or embedding is", "samples without a map or embedding are"
    left = f" {prose.count(missing, one, many)} left out." if missing else ""
    return (
        f"{binned}Draw around marks to select them, double-press to let go. The axes have no unit: only "
        f"nearness means something, not the distance between groups.{left}"
    )
