"""One card per finding: how strong, what was seen, numbers, heat, pictures, the way to the samples."""

import html

import numpy as np
import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.examples import key as example_key
from gradcam_core.runs.findings import LEVELS, Finding
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from ui import data, prose, state
from ui.findings import bars, heat, load, pairs, words

ESTIMATED = "The object regions were guessed from the pictures; only two edits that agree count as use."
EXPLORATORY = "Searched and tested on the same samples, because there are too few for a half to confirm on."


def ladder(run: Run, level: int) -> str:
    """The four levels as steps, those that were reached filled, the present one in bold; each explained."""
    helps = [words.said(run, text) for text in words.LEVEL_HELP]
    steps = "".join(
        f'<span class="{"on" * (step <= level)} {"now" * (step == level)}" '
        f'title="{html.escape(helps[step], quote=True)}">{step} {LEVELS[step]}</span>'
        for step in range(1, len(LEVELS))
    )
    return f'<div class="fladder l{level}" role="img" aria-label="{words.level_words(level)}">{steps}</div>'


def card(run: Run, map_set: MapSet, number: int, entry: Finding) -> None:
    """Draw one finding."""
    with st.container(border=True, key=f"finding-{number}"):
        left, right = st.columns([7, 3], gap="large")
        with left:
            _head(run, entry)
            st.html(f'<p class="fsaid">{html.escape(entry.statement)}</p>{_numbers(entry)}')
        with right:
            _heat(run, map_set, entry)
        _edits(run, entry)
        _pairs(run, entry)
        _samples(number, entry)


def _head(run: Run, entry: Finding) -> None:
    st.html(ladder(run, entry.level))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(prose.plain(words.title(entry)), anchor=False, width="content")
        if entry.estimated:
            st.badge(
                "estimated regions", icon=":material/draw:", color="gray", help=words.said(run, ESTIMATED)
            )
        if entry.exploratory:
            st.badge("exploratory", icon=":material/explore:", color="gray", help=EXPLORATORY)


def _numbers(entry: Finding) -> str:
    interval = words.interval_words(entry)
    parts = [
        f"<b>{html.escape(words.effect_words(entry))}</b>",
        f"<span>95 % interval {interval}</span>" if interval else "",
        f"<span>n {entry.n:,}</span>" if entry.n else "",
        f"<span>{words.q_words(entry.q)}</span>" if words.q_words(entry.q) else "",
        f"<span>{html.escape(words.measure_words(entry))}</span>",
    ]
    needed = "<span>dashed: the 10 points that level 3 asks for</span>" if words.in_points(entry) else ""
    return f'<div class="fnum">{"".join(parts)}</div>{bars.effect(entry)}<div class="fnum">{needed}</div>'


def _edits(run: Run, entry: Finding) -> None:
    if not entry.evidence:
        return
    most = words.deciding(entry)
    st.html(bars.arms(most, brief=True))
    rest = [one for one in entry.evidence if one not in most]
    left_out = int(entry.details.get("left_out_as_unusual") or 0)
    if rest:
        with st.expander(f"Every edit that was tried ({len(entry.evidence)})"):
            st.html(bars.arms(entry.evidence))
    if left_out:
        far = f"{prose.count(left_out, 'pair')} left out: an edited picture lies too far from real ones."
        prose.note(words.said(run, far))


def _heat(run: Run, map_set: MapSet, entry: Finding) -> None:
    table = data.table(run)
    ids = set(entry.samples)
    kept = table["sample_id"].isin(ids) if ids else (table["label"] == entry.label)
    if not ids and entry.label is None:
        kept = table["status"] != "unreadable"
    rows = np.flatnonzero(kept.to_numpy(dtype=bool))
    size = run.input_spec.size
    mean = heat.mean_of(table, run.maps(map_set), rows)
    st.html(heat.figure(mean, size, entry.cells, entry.grid, map_set))


def _pairs(run: Run, entry: Finding) -> None:
    shown = [one for one in load.examples(run) if one.finding == example_key(entry)]
    if shown:
        st.html(pairs.figure(run.path, shown))
        numbers = pairs.legend(shown[0])
        st.caption(f"As the model saw them. {numbers} The control edit does the same without the cue.")
    elif entry.examples:
        gone = "The edited pictures of this search were not kept. Search again to see them."
        st.caption(words.said(run, gone))


def _samples(number: int, entry: Finding) -> None:
    n = len(entry.samples)
    label = f"Open {'this sample' if n == 1 else f'these {n:,} samples'} in the gallery"
    if n and st.button(label, key=f"open-{number}", icon=":material/grid_view:"):
        state.open_gallery(Filters(ids=entry.samples))
