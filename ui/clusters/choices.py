"""What the Clusters page shows, as the address says: placed by, coloured by, grouped by."""

import numpy as np
import pandas as pd
import streamlit as st

from gradcam_core.runs.store import Run
from ui import pickers, prose
from ui.figures.style import short

PLACES = {"map": ("map_x", "map_y"), "picture": ("x", "y")}
PLACE_NAMES = {"map": "Where the heat lies", "picture": "What the model sees"}
GROUPS = {"map_cluster": "heatmap", "background_cluster": "background"}
COLOURS = {
    "label": "True class",
    "predicted": "Predicted class",
    "correct": "Right or wrong",
    "map_cluster": "Cluster of heatmaps",
    "background_cluster": "Cluster of backgrounds",
}
COLUMNS = ("sample_id", "x", "y", "map_x", "map_y", *GROUPS)
VERDICTS = {True: "correct", False: "wrong"}


def choose(run: Run, table: pd.DataFrame, clusters: pd.DataFrame) -> tuple[str, str, str]:
    """(place, group, colour) out of three controls whose values live in the address."""
    places = [name for name, (x, _) in PLACES.items() if np.isfinite(clusters[x]).sum() >= 3]
    groups = [name for name in GROUPS if (clusters[name] >= 0).any()]
    colours = [name for name in COLOURS if name not in GROUPS or name in groups]
    colours = [name for name in colours if name not in ("label", "correct") or table["label"].notna().any()]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        place = _segments("place", "Near each other: alike in", places, PLACE_NAMES)
        group = _segments("group", "Grouped by", groups, GROUPS)
        colour = pickers.select("colour", "clusters_colour", "Coloured by", colours, COLOURS.__getitem__)
    return place, group, colour


def _segments(name: str, title: str, values: list[str], words: dict[str, str]) -> str:
    if not values:
        return ""
    return pickers.segments(name, f"clusters_{name}", title, values, lambda one: words[one].capitalize())


def points(table: pd.DataFrame, clusters: pd.DataFrame, place: str, colour: str) -> pd.DataFrame:
    """One row per placed sample: sample_id, x, y, colour, correct, hover."""
    x, y = PLACES[place]
    shown = pd.DataFrame(
        {
            "sample_id": table["sample_id"].astype(str).to_numpy(),
            "x": clusters[x].to_numpy(np.float64),
            "y": clusters[y].to_numpy(np.float64),
            "colour": colour_values(table, clusters, colour),
            "correct": table["correct"].astype(object).to_numpy(),
            "hover": hover(table),
        }
    )
    return shown[np.isfinite(shown["x"]) & np.isfinite(shown["y"])]


def colour_values(table: pd.DataFrame, clusters: pd.DataFrame, colour: str) -> list[str]:
    """The value that colours each row, as text."""
    if colour in GROUPS:
        return [f"cluster {int(n) + 1}" if n >= 0 else "no cluster" for n in clusters[colour]]
    values = table[colour].astype(object)
    values = values.map(VERDICTS) if colour == "correct" else values
    return [("no label" if pd.isna(value) else str(value)) for value in values]


def hover(table: pd.DataFrame) -> list[str]:
    """'id, true → predicted' of each row, never read as markup."""
    truth, predicted = table["label"].astype(object), table["predicted"].astype(object)
    return [
        f"{short(str(name), 60)}<br>{short('no label' if pd.isna(t) else str(t))} → "
        f"{short('not predicted' if pd.isna(p) else str(p))}"
        for name, t, p in zip(table["sample_id"], truth, predicted, strict=True)
    ]


def order_of(shown: pd.DataFrame) -> list[str]:
    """Values of ``colour``, most frequent first; clusters by number."""
    counts = shown["colour"].value_counts()
    names = [str(name) for name in counts.index]
    numbered = all(name.startswith("cluster ") or name == "no cluster" for name in names)
    return sorted(names, key=_number) if numbered else names


def _number(name: str) -> int:
    tail = name.rpartition(" ")[2]
    return int(tail) if tail.isdigit() else 10_000


def nothing(problem: str) -> None:
    """Why there are no clusters to show."""
    if problem:
        st.warning(f"{prose.plain(problem)}. Search again to replace it.", icon=":material/broken_image:")
    prose.note("Clusters are made by the search for findings; without edits it takes about a minute.")
