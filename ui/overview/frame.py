"""What was audited, and with which maps it is seen."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.maps.cams import CAMS
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import grid_warning
from ui import prose, readings, state


def method_title(name: str) -> str:
    """The method's title; a name of an older version is shown as it is."""
    return CAMS[name].title if name in CAMS else name


def maps_said(entry: Mapping[str, Any]) -> str:
    """'Grad-CAM at out_relu, 7×7'."""
    height, width = entry["grid"]
    warning = "" if entry.get("class_specific", True) else ", not class-specific"
    return f"{method_title(entry['method'])} at {entry['layer']}, {height}×{width}{warning}"


def subject(run: Run, map_set: MapSet) -> None:
    """Quiet lines: project, samples, model, maps, input."""
    counts, model, given = run.counts, run.model, run.input_spec
    order = " BGR" if given.channel_order == "bgr" else ""
    unreadable, unlabelled = int(counts["unreadable"]), int(counts["unlabelled"])
    prose.facts(
        [
            run.name,
            prose.count(int(counts["samples"]), "sample"),
            f"{PurePath(str(model['path'])).name} ({model['format']})",
            maps_said(run.map_facts[map_set]),
            readings.of(run).explains(run.explain),
            f"input {given.height}×{given.width}×{given.channels}",
            f"resized by {given.resize}, values {given.scaling}{order}",
            f"{unreadable:,} could not be read" if unreadable else "",
            f"{unlabelled:,} without a label" if unlabelled else "",
        ]
    )


def choose_maps(run: Run, map_set: MapSet) -> None:
    """Switch between the map sets of the run; the choice lives in the URL."""
    if len(run.map_sets) < 2:
        return
    entries = run.map_facts
    st.segmented_control(
        "Maps",
        run.map_sets,
        key=state.seeded("overview_maps", map_set),
        format_func=lambda name: f"{name.capitalize()}: {prose.plain(maps_said(entries[name]))}",
        on_change=state.on_choice("overview_maps", lambda name: state.put(maps=name)),
        required=True,
        help="Classic is Grad-CAM at the last layer. Fine is LayerCAM at a layer with a grid at least "
        "twice as fine: its hottest point lies on the object more often.",
    )


def banner(run: Run, map_set: MapSet) -> None:
    """What limits the reading of this run: a coarse grid, a guess that does not fit the labels."""
    if warning := grid_warning(run.manifest, map_set):
        st.warning(prose.plain(warning), icon=":material/grid_on:")
    for fact in run.facts:
        if fact.get("warning") and not fact.get("alarm"):
            st.warning(prose.plain(f"{fact['name']}: {fact['warning']}"), icon=":material/help:")


def understood(run: Run) -> None:
    """What was given, read and guessed about the project."""
    rows = run.facts
    guessed = sum(fact["origin"] == "guessed" for fact in rows)
    with st.expander(
        f"What was understood: {prose.count(guessed, 'guess', 'guesses')} among {len(rows)} facts"
    ):
        fact_table(rows)


def fact_table(rows: list[dict[str, Any]]) -> None:
    """Facts, guesses first, because they are what may be wrong."""
    order = {"not known": 0, "guessed": 1, "decided by the labels": 2, "read": 3, "given": 4}
    st.dataframe(
        [
            {
                "Fact": fact["name"],
                "Value": fact["value"],
                "Origin": fact["origin"],
                "From": fact.get("why", ""),
                "Warning": fact.get("warning", ""),
            }
            for fact in sorted(rows, key=lambda fact: order.get(fact["origin"], 5))
        ],
        hide_index=True,
    )
