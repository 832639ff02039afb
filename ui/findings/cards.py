"""One card per finding: the sentence, its number, example pictures, the way to the samples; then why."""

import html

import numpy as np
import streamlit as st

from gradcam_core.base.glossary import marked
from gradcam_core.base.types import MapSet
from gradcam_core.runs.findings import LEVELS, Finding
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_said import deciding, disagreement, quoted, sentence
from ui import data, prose, state
from ui.findings import bars, heat, pairs, words
from ui.reviews import on_finding

ESTIMATED = "The object regions were guessed from the pictures; only two edits that agree count as use."
EXPLORATORY = "Searched and tested on the same samples, because there are too few for a half to confirm on."
OTHER_FILLER = "These examples are of the filler “{}”, the number above of the weaker “{}”. "


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
        _head(run, entry)
        said = words.said(run, sentence(entry))
        st.html(f'<p class="fsaid">{marked(html.escape(said))}</p>{figures(entry)}')
        if apart := disagreement(entry):
            prose.note(words.said(run, apart))
        _pairs(run, map_set, entry)
        _samples(number, entry)
        on_finding.judge(run, number, entry)
        with st.expander("How we know", icon=":material/science:"):
            _why(run, map_set, entry)


def _head(run: Run, entry: Finding) -> None:
    st.html(ladder(run, entry.level))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        title = words.said(run, words.title(entry))
        st.header(prose.plain(title), anchor=False, width="content")
        if entry.estimated:
            st.badge(
                "estimated regions", icon=":material/draw:", color="gray", help=words.said(run, ESTIMATED)
            )
        if entry.exploratory:
            st.badge("exploratory", icon=":material/explore:", color="gray", help=EXPLORATORY)


def figures(entry: Finding) -> str:
    """The one number with its one interval and its one n, drawn on its scale."""
    interval = words.interval_words(entry)
    parts = [
        f"<b>{html.escape(words.effect_words(entry))}</b>",
        f"<span>{marked(f'95 % interval {interval}')}</span>" if interval else "",
        f"<span>n {entry.n:,}</span>" if entry.n else "",
        f"<span>{html.escape(words.measure_words(entry))}</span>",
        f"<span>{marked(words.reliance_short(entry))}</span>" if words.reliance_short(entry) else "",
    ]
    needed = "<span>dashed: the 10 points that level 3 asks for</span>" if words.in_points(entry) else ""
    return f'<div class="fnum">{"".join(parts)}</div>{bars.effect(entry)}<div class="fnum">{needed}</div>'


def _why(run: Run, map_set: MapSet, entry: Finding) -> None:
    left, right = st.columns([7, 3], gap="large")
    with left:
        q = f" {words.q_words(entry.q)} of this finding's test." if words.q_words(entry.q) else ""
        told = f"{words.said(run, entry.statement)}{q} {words.reliance_words(entry)}"
        st.html(f'<p class="fnot">{marked(html.escape(told))}</p>')
        _edits(run, entry)
    with right:
        _heat(run, map_set, entry)


def _edits(run: Run, entry: Finding) -> None:
    if not entry.evidence:
        return
    first = deciding(entry)
    st.html(bars.arms([*first, *(one for one in entry.evidence if one not in first)]))
    left_out = int(entry.details.get("left_out_as_unusual") or 0)
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


def _pairs(run: Run, map_set: MapSet, entry: Finding) -> None:
    shown = pairs.of(run, entry)
    if shown:
        st.html(pairs.figure(run, shown, map_set))
        told = quoted(entry)
        other = told is not None and told.edit == shown[0].edit and told.filler != shown[0].filler
        filler = OTHER_FILLER.format(shown[0].filler, told.filler) if told and other else ""
        legend = f"As the model saw them. {filler}{pairs.legend(shown[0])}"
        prose.note(f"{legend} The control edit does the same without the cue.")
    elif entry.examples:
        gone = "The edited pictures of this search were not kept. Search again to see them."
        st.caption(words.said(run, gone))


def _samples(number: int, entry: Finding) -> None:
    n = len(entry.samples)
    label = f"Open {'this sample' if n == 1 else f'these {n:,} samples'} in the gallery"
    if n and st.button(label, key=f"open-{number}", icon=":material/grid_view:"):
        state.open_gallery(Filters(ids=entry.samples))
