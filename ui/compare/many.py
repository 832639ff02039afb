"""More than two audits: models × cues, with a small plot per cue over time."""

import html
import math
from collections.abc import Sequence

import streamlit as st

from gradcam_core.base.intervals import Shift
from gradcam_core.runs import findings
from gradcam_core.runs.compare import over_time
from gradcam_core.runs.compare.comparison import whole
from gradcam_core.runs.compare.over_time import CueHistory
from gradcam_core.runs.store import Run
from ui import data, prose, state
from ui.compare.choice import candidates, named
from ui.findings import words
from ui.findings.load import stamp

FEWEST, MOST = 3, 12
LEGEND = (
    "Edit minus control in points, its 95 % interval and n, as each audit's own edits showed it, oldest "
    "audit first. Of several fillers the one that showed least counts. The audits are not paired here: "
    "whether two of them differ is what comparing these two says. Dashed: the 10 points of level 3."
)


def history(run: Run, before: Run) -> None:
    """The table over all chosen audits; nothing where there are not three to choose from."""
    known = {one.id: one for one in (run, *candidates(run))}
    if len(known) < FEWEST:
        return
    st.header("More than two audits", anchor=False)
    asked = [name for name in state.get("over").split(",") if name in known]
    key = state.seeded("compare_over", asked or _usual(run, before, list(known.values())))
    chosen = st.multiselect(
        "Audits", list(known), key=key, format_func=lambda name: named(known[name]), max_selections=MOST,
        on_change=state.on_choice(key, lambda names: state.put(over=",".join(names))),
    )  # fmt: skip
    runs = sorted((known[name] for name in chosen), key=lambda one: one.created)
    if len(runs) < 2:
        prose.note("Choose two audits or more.")
        return
    stamps = tuple(stamp(one.path / name) for one in runs for name in (findings.FINDINGS, findings.EDITS))
    found = _histories(tuple(one.key for one in runs), stamps)
    if not found:
        prose.note("None of these audits was searched with edits.")
        return
    st.html(table(runs, found))
    prose.note(LEGEND)


def _usual(run: Run, before: Run, known: Sequence[Run]) -> list[str]:
    """Both audits of the page and the newest ones of the same projects."""
    names = {run.name, before.name}
    alike = [one.id for one in known if one.name in names and one.id not in (run.id, before.id)]
    return [run.id, before.id, *alike][:MOST]


@st.cache_data(max_entries=16, show_spinner=False)
def _histories(keys: tuple[str, ...], stamps: tuple[int, ...]) -> tuple[CueHistory, ...]:
    return over_time([data.opened(key) for key in keys])


def table(runs: Sequence[Run], found: Sequence[CueHistory]) -> str:
    """HTML: a row per audit, a column per cue, and a row of plots. Everything from data is escaped."""
    head = "".join(f'<th scope="col">{_title(one)}</th>' for one in found)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(named(run))}</th>'
        f"{''.join(f'<td>{_cell(one.effects[place])}</td>' for one in found)}</tr>"
        for place, run in enumerate(runs)
    )
    plots = "".join(f"<td>{plot(one.effects)}</td>" for one in found)
    body = f'<tbody>{rows}<tr><th scope="row">over time</th>{plots}</tr></tbody>'
    table = f'<table><thead><tr><th scope="col">audit</th>{head}</tr></thead>{body}</table>'
    return f'<div class="farms ctable chistory">{table}</div>'


def _title(one: CueHistory) -> str:
    name = html.escape(one.name[:1].upper() + one.name[1:])
    return f"{name}<br>{html.escape(words.edit_words(one.edit))}"


def _cell(effect: Shift | None) -> str:
    if effect is None:
        return "not tested"
    ends = f"{whole(effect.low)} to {whole(effect.high)}" if math.isfinite(effect.low) else "no interval"
    return f"<strong>{whole(effect.value)}</strong> <small>{ends}, n {effect.n:,}</small>"


def plot(effects: Sequence[Shift | None]) -> str:
    """A dot and its interval per audit from left to right, 0 to 100 points from bottom to top."""
    step = 100 / len(effects)
    marks = "".join(
        _mark(one, step * (place + 0.5)) for place, one in enumerate(effects) if one is not None
    )
    return f'<div class="cplot" aria-hidden="true"><i class="need"></i>{marks}</div>'


def _mark(effect: Shift, left: float) -> str:
    low, value, high = (100 * min(max(end, 0.0), 1.0) for end in (effect.low, effect.value, effect.high))
    bar = (
        f'<i class="bar" style="left:{left:.1f}%;bottom:{low:.1f}%;height:{high - low:.1f}%"></i>'
        if math.isfinite(effect.low)
        else ""
    )
    return f'{bar}<i class="dot" style="left:{left:.1f}%;bottom:{value:.1f}%"></i>'
