"""Sort, page and map set: the sidebar's second and third group. State is the URL."""

from typing import Any

import streamlit as st

from gradcam_core.base import types
from gradcam_core.base.types import MapSet
from gradcam_core.runs.store import Run
from ui import data, readings, scales, state

MAP_TITLES = {"classic": "Classic", "fine": "Fine"}


def sort_column(run: Run, map_set: MapSet) -> str:
    """The column in the URL, else the manifest's choice in this map set."""
    asked = state.get("sort")
    if asked in data.table(run):
        return asked
    base = types.plain_name(run.sort_by)
    wanted = (types.column(map_set, base), base)
    return next((name for name in wanted if name in data.table(run)), "sample_id")


def worst_first(run: Run, column: str) -> bool:
    """Whether the end that speaks against the model is the larger one."""
    if column in readings.of(run).worst:
        return True
    return str(run.scores.get(column, {}).get("better", "high")) == "low"


def descending(run: Run, column: str) -> bool:
    """Largest first, as the URL says; by default the end that speaks against the model comes first."""
    asked = state.get("order")
    return asked == "desc" if asked in ("asc", "desc") else worst_first(run, column)


def columns(run: Run, map_set: MapSet) -> list[str]:
    """What one can sort by."""
    known = [name for name in scales.plain(run) if name in data.table(run)]
    meta = [name for name in data.table(run).columns if name.startswith(("meta_", "quantised_"))]
    return [*scales.score_columns(run, map_set), *known, *meta]


def _sort(value: Any) -> None:
    state.put(sort=str(value), order=None, page=None)


def sidebar_sort(run: Run, map_set: MapSet) -> tuple[str, bool]:
    """Draw the sort controls; returns (column, descending)."""
    column = sort_column(run, map_set)
    down = descending(run, column)
    options = list(dict.fromkeys([column, *columns(run, map_set)]))
    with st.sidebar:
        st.header("Order", anchor=False)
        key = state.seeded("sort", column)
        st.selectbox(
            "Sort by", options, key=key, format_func=lambda name: scales.title(run, name),
            on_change=state.on_choice(key, _sort),
        )  # fmt: skip
        key = state.seeded("order", "Largest first" if down else "Smallest first")
        st.segmented_control(
            "Direction", ["Largest first", "Smallest first"], key=key, label_visibility="collapsed",
            required=True, on_change=state.on_choice(key, _direction),
        )  # fmt: skip
    return column, down


def _direction(value: Any) -> None:
    state.put(order="desc" if value == "Largest first" else "asc", page=None)


def map_switch(run: Run, label: bool = True) -> MapSet:
    """Choose classic or fine maps; returns the chosen set. Only drawn where there is a choice."""
    chosen = state.map_set(run)
    if len(run.map_sets) > 1:
        grids = {name: "×".join(map(str, run.grid(name))) for name in run.map_sets}
        key = state.seeded("map_set", chosen)
        st.segmented_control(
            "Maps", run.map_sets, key=key, required=True,
            label_visibility="visible" if label else "collapsed",
            format_func=lambda name: f"{MAP_TITLES[name]} {grids[name]}",
            help="Classic: Grad-CAM at the last layer. Fine: a finer layer, truer on small objects.",
            on_change=state.on_choice(key, lambda name: state.put(maps=str(name))),
        )  # fmt: skip
    return chosen


def page_size() -> int:
    """Cards per page, drawn in the sidebar."""
    asked = state.get("per", str(state.PAGE_SIZES[0]))
    chosen = int(asked) if asked in map(str, state.PAGE_SIZES) else state.PAGE_SIZES[0]
    key = state.seeded("per_page", chosen)
    st.segmented_control(
        "Pictures per page", sorted(state.PAGE_SIZES), key=key, required=True,
        on_change=state.on_choice(key, lambda value: state.put(per=str(value), page=None)),
    )  # fmt: skip
    return chosen


def asked_page() -> int:
    """The page in the URL; 1 where it is no number."""
    text = state.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def pager(page: int, pages: int, key: str = "pager") -> None:
    """Page buttons; nothing where everything fits on one page."""
    if pages > 1:
        key = state.seeded(key, page)
        st.pagination(pages, width=380, key=key, on_change=state.on_choice(key, _turn))


def further(page: int, pages: int) -> None:
    """Below the pictures: a page back and on; a second row of numbers is one too many to listen to."""
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="pager_below"):
            st.button("Page back", disabled=page == 1, on_click=_turn, args=(page - 1,))
            st.text(f"Page {page:,} of {pages:,}")
            st.button("Page on", disabled=page == pages, on_click=_turn, args=(page + 1,))


def _turn(value: Any) -> None:
    state.put(page=str(value) if value != 1 else None)
