"""The groups as rows: size, purity, errors, focus, mean heat. A row leads to its samples."""

import math
from collections.abc import Sequence

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.maps.overlay import colorize, normalise
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.groups import Group
from ui import data, prose, state
from ui.figures.mean_heat import data_uri
from ui.findings.heat import mean_of

HEAD = "Mean heat"


def group_table(run: Run, map_set: MapSet, members: Sequence[Group]) -> None:
    """One row per group; a chosen row can be opened in the gallery."""
    if not members:
        return
    st.header("The groups", anchor=False)
    event = st.dataframe(
        [_row(run, map_set, group) for group in members],
        key=f"groups-{run.id}-{map_set}-{len(members)}",
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        row_height=76,
        height="content",
        column_config={
            HEAD: st.column_config.ImageColumn(width="small"),
            "Share of it": st.column_config.NumberColumn(format="%.0f %%"),
            "Wrong": st.column_config.NumberColumn(
                format="%.0f %%", help="Of the samples that have a label."
            ),
            "Mean focus": st.column_config.NumberColumn(
                format="%.2f",
                help="0 as tight on the object as the grid allows, 1 uniform, 2 all background.",
            ),
        },
    )
    rows = getattr(event, "selection", {}).get("rows", [])
    picked = members[rows[0]] if rows and rows[0] < len(members) else None
    _open(run, map_set, picked)


def _row(run: Run, map_set: MapSet, group: Group) -> dict[str, object]:
    return {
        "Group": group.name,
        HEAD: _picture(run, map_set, group),
        "n": group.n,
        "Most frequent class": group.most,
        "Share of it": _known(100 * group.purity),
        "Wrong": _known(100 * group.error_rate),
        "of": group.judged,
        "Mean focus": _known(group.focus),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(path: str, map_set: MapSet, key: tuple[int, ...], _run: Run, _group: Group) -> str:
    mean = mean_of(data.table(_run), _run.maps(map_set), _group.rows)
    if not mean.n:
        return ""
    return data_uri(colorize(normalise(mean.values.astype("float32"), "image")).repeat(8, 0).repeat(8, 1))


def _picture(run: Run, map_set: MapSet, group: Group) -> str:
    key = (group.number, group.n, *(int(row) for row in group.rows[:3]), int(group.rows.sum()))
    return _drawn(str(run.path), map_set, key, run, group)


def _open(run: Run, map_set: MapSet, picked: Group | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        label = f"Open {prose.plain(picked.name)} (n {picked.n:,}) in the gallery" if picked else ""
        if picked and st.button(label, key="open_group", icon=":material/grid_view:"):
            ids = data.table(run)["sample_id"].iloc[picked.rows]
            state.open_gallery(Filters(ids=tuple(str(name) for name in ids)))
        prose.note(
            f"Select a row to open its samples. Mean of the {map_set} maps, each as bright as its peak. "
            "A group is a reason to look, no evidence."
        )
