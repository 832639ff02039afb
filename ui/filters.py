"""Which samples, in which order: the sidebar's controls and the chips above the grid. State is the URL."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.filters import COLUMN_OF, JUDGING, OUTCOMES, Filters, OneOf, Range
from gradcam_core.runs.store import Run
from ui import data, readings, scales, state
from ui.prose import plain
from ui.reviews import filtered

STATES = {"regions": ("Region comes from", "region_source"), "status": ("Map", "status")}
SHARES = ("object_area",)
COLUMNS = {"By metadata": "meta_", "By the quantised network": "quantised_"}
"""Title -> how the columns begin that are filtered by what occurs in them."""
LEADS = {
    **{"labels": "truly ", "predicted": "predicted ", "regions": "region ", "status": "map "},
    **{"verdicts": "verdict ", "reviewers": "judged by ", "judging": "judged ", "parts": "part "},
}
"""Field of the filters -> the word before its values on a chip."""
FEW = 40  # values of a metadata column that still make a list


def _set(name: str) -> Callable[[Any], None]:
    """Callback: replace one field of the filters in the URL."""

    def write(value: Any) -> None:
        value = value.strip() if isinstance(value, str) else tuple(value or ())
        changes: dict[str, Any] = {name: value}
        state.set_filters(replace(state.gallery_filters(), **changes))

    return write


def _multiselect(title: str, name: str, options: Sequence[str], filters: Filters) -> None:
    key = state.seeded(f"filter_{name}", list(getattr(filters, name)))
    st.multiselect(title, options, key=key, placeholder="all", on_change=state.on_choice(key, _set(name)))


def _ends(run: Run, column: str) -> tuple[float, float]:
    entry = run.scores.get(column)
    if column in (*SHARES, *readings.of(run).shares):
        return 0.0, 1.0
    if entry is not None:
        return float(entry["range"][0]), float(entry["range"][1])
    return data.extent(run, column) or (0.0, 1.0)


def _set_range(column: str, ends: tuple[float, float]) -> Callable[[Any], None]:
    def write(value: tuple[float, float]) -> None:
        low = value[0] if value[0] > ends[0] else None
        high = value[1] if value[1] < ends[1] else None
        _put_part("ranges", column, None if low is None and high is None else Range(column, low, high))

    return write


def _put_part(name: str, column: str, part: Range | OneOf | None) -> None:
    filters = state.gallery_filters()
    kept = [other for other in getattr(filters, name) if other.column != column]
    changes: dict[str, Any] = {name: (*kept, *([part] if part else []))}
    state.set_filters(replace(filters, **changes))


def _slider(run: Run, column: str, filters: Filters) -> None:
    ends = _ends(run, column)
    active = next((part for part in filters.ranges if part.column == column), Range(column))
    low = min(max(ends[0] if active.low is None else active.low, ends[0]), ends[1])
    high = max(min(ends[1] if active.high is None else active.high, ends[1]), low)
    key = state.seeded(f"range_{column}", (low, high))
    write = _set_range(column, ends)
    step = (ends[1] - ends[0]) / 100
    st.slider(
        plain(scales.title(run, column), 60), *ends, step=step, key=key,
        on_change=state.on_choice(key, write),
        help=plain(run.scores.get(column, {}).get("help", "")) or None,
    )  # fmt: skip


def _columns(run: Run, names: Sequence[str], filters: Filters) -> None:
    for column in names:
        if data.extent(run, column) is not None:
            _slider(run, column, filters)
            continue
        options = data.choices(run, column)
        if not 1 < len(options) <= FEW:
            continue
        active = next((part.values for part in filters.equals if part.column == column), ())
        key = state.seeded(f"equal_{column}", list(active))
        write = _set_equal(column)
        st.multiselect(
            plain(scales.title(run, column), 60), options, key=key, placeholder="all",
            on_change=state.on_choice(key, write),
        )  # fmt: skip


def _set_equal(column: str) -> Callable[[Any], None]:
    return lambda value: _put_part("equals", column, OneOf(column, tuple(value)) if value else None)


def _outcomes(run: Run) -> list[str]:
    """What became of samples; "uncertain" only where the run has such samples or the link asks for them."""
    occurs = "uncertain" in (*data.choices(run, "outcome"), *state.gallery_filters().outcomes)
    return [name for name in OUTCOMES if name != "uncertain" or occurs]


def sidebar(run: Run, map_set: MapSet) -> Filters:
    """Draw the controls in the sidebar and return the filters of the URL."""
    table, filters, reading = data.table(run), state.gallery_filters(), readings.of(run)
    with st.sidebar:
        st.header("Which samples", anchor=False)
        key = state.seeded("filter_outcomes", list(filters.outcomes))
        st.pills(
            "Outcome", _outcomes(run), selection_mode="multi", key=key, label_visibility="collapsed",
            on_change=state.on_choice(key, _set("outcomes")),
        )  # fmt: skip
        for name, title in reading.lists.items():
            _multiselect(title, name, data.choices(run, COLUMN_OF[name]), filters)
        key = state.seeded("filter_text", filters.text)
        st.text_input("Name or path contains", key=key, on_change=state.on_choice(key, _set("text")))
        _reviews(run, filters)
        with st.expander("By score", expanded=bool(filters.ranges)):
            own = [name for name in reading.sliders if name in table]
            for column in (*own, *SHARES, *scales.score_columns(run, map_set)):
                _slider(run, column, filters)
        with st.expander("By region and map", expanded=bool(filters.regions or filters.status)):
            for name, (title, column) in STATES.items():
                _multiselect(title, name, data.choices(run, column), filters)
        for title, start in COLUMNS.items():
            names = [name for name in table.columns if name.startswith(start)]
            if names:
                with st.expander(title, expanded=any(one.column in names for one in filters.equals)):
                    _columns(run, names, filters)
    return filters


def _reviews(run: Run, filters: Filters) -> None:
    verdicts, reviewers = filtered.choices(run, filters)
    with st.expander("By verdict", expanded=filters.of_people):
        _multiselect("Judged", "judging", JUDGING, filters)
        if verdicts or reviewers:
            _multiselect("Verdict", "verdicts", verdicts, filters)
            _multiselect("Reviewer", "reviewers", reviewers, filters)


def words(run: Run, name: str, part: Any) -> str:
    """One active filter in words, for its chip."""
    if isinstance(part, Range):
        title, low, high = scales.full_title(run, part.column), part.low, part.high
        if low is None or high is None:
            return f"{title} ≥ {low:g}" if high is None else f"{title} ≤ {high:g}"
        return f"{title} {low:g} to {high:g}"
    if isinstance(part, OneOf):
        return f"{scales.full_title(run, part.column)}: {' or '.join(part.values)}"
    if name == "ids":
        return f"selection of {len(part)}"
    if name == "text":
        return f"name contains {part}"
    return LEADS.get(name, "") + " or ".join(part)


def chips(run: Run, filters: Filters, found: int) -> None:
    """The count, one removable chip per active filter, and reset."""
    total = len(data.table(run))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{found:,}** of {total:,}" if filters else f"**{total:,}** samples", width="content")
        for number, (name, part, rest) in enumerate(filters.without_each()):
            st.button(
                plain(words(run, name, part), 120), key=f"chip_{number}", icon=":material/close:",
                icon_position="right", help="Remove this filter", on_click=state.set_filters, args=(rest,),
            )  # fmt: skip
        if filters:
            st.button(
                "Reset", key="chip_reset", type="tertiary", on_click=state.set_filters, args=(Filters(),)
            )
    for note in state.filter_notes():
        st.caption(f"Left out of the link: {plain(note, 200)}.")


def nothing_found(run: Run, filters: Filters) -> None:
    """Say why the grid is empty and which single filter to drop."""
    st.info("No sample meets all of these filters.")
    for number, (name, part, rest) in enumerate(filters.without_each()):
        if count := len(filtered.order(run, rest, "", False)):
            st.button(
                f"Drop “{plain(words(run, name, part), 120)}”: {count:,} samples", key=f"drop_{number}",
                on_click=state.set_filters, args=(rest,),
            )  # fmt: skip
