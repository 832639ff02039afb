"""Cues, accuracies and scores of two audits as tables. HTML text; everything from data is escaped."""

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any

from gradcam_core.base.glossary import marked
from gradcam_core.base.intervals import Shift
from gradcam_core.base.text import percent
from gradcam_core.runs.compare.answers import Change
from gradcam_core.runs.compare.comparison import interval, whole
from gradcam_core.runs.compare.cues import STATUS, UNTESTED, CueChange
from gradcam_core.runs.findings import POINTS
from ui import prose
from ui.findings import words

ENDS = (-0.25, 1.0)


def cues(found: Sequence[CueChange]) -> str:
    """One row per cue: what became of it, both effects on one scale, the change with its interval."""
    return _table(("cue", "", "before", "after", "", "change", "edit"), [_cue(one) for one in found], 4)


def _cue(one: CueChange) -> Sequence[str]:
    told = one.told
    status = (
        f'<span class="cstate" title="{html.escape(STATUS[one.status], quote=True)}">{one.status}</span>'
    )
    change = "–" if one.status in UNTESTED else interval(told.change)
    edit = f"{words.edit_words(one.edit)} ({told.filler})"
    sides = (_side(told.before), _side(told.after))
    name = html.escape(one.name[:1].upper() + one.name[1:])
    return name, status, *sides, _duo(told.before.value, told.after.value), _text(change), _text(edit)


def changes(found: Sequence[Change]) -> str:
    """One row per accuracy, in percent."""
    rows = [
        (
            _text(one.name),
            f"{percent(one.before)} %",
            f"{percent(one.after)} %",
            _text(interval(one.change)),
        )
        for one in found
    ]
    return _table(("samples", "before", "after", "change, points"), rows)


def scores(found: Sequence[Change], about: Mapping[str, Any]) -> str:
    """One row per score, in its own unit."""
    rows = [
        (
            _text(str(about.get(one.name, {}).get("title", one.name))),
            whole(one.before, 1, 3),
            whole(one.after, 1, 3),
            _text(interval(one.change, 1, 3)),
        )
        for one in found
    ]
    return _table(("score", "before", "after", "change"), rows)


def _side(shift: Shift) -> str:
    return _text(whole(shift.value) if shift.n else "not tested")


def _text(value: str) -> str:
    return marked(html.escape(value))


def _duo(before: float, after: float) -> str:
    """○ before, ● after, the way between them, and the ten points; a picture of the numbers beside it."""
    known = [value for value in (before, after) if math.isfinite(value)]
    places = [_place(value) for value in known]
    way = f'<i class="way" style="left:{min(places):.1f}%;width:{max(places) - min(places):.1f}%"></i>'
    ring = f'<i class="ring" style="left:{_place(before):.1f}%"></i>' if math.isfinite(before) else ""
    dot = f'<i class="dot" style="left:{_place(after):.1f}%"></i>' if math.isfinite(after) else ""
    need = f'<i class="cneed" style="left:{_place(POINTS):.1f}%"></i>'
    return f'<div class="fduo" aria-hidden="true">{need}{way}{ring}{dot}</div>'


def _place(value: float) -> float:
    low, high = ENDS
    return 100 * (min(max(value, low), high) - low) / (high - low)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], wide: int = -1) -> str:
    """Cells are HTML already; column ``wide`` holds a picture."""
    names = "".join(
        f'<th scope="col"{_wide(place, wide)}>{html.escape(name)}</th>' for place, name in enumerate(head)
    )
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"
    return prose.scrolling(table, "Before and after in numbers", "ctable")


def _wide(place: int, wide: int) -> str:
    return ' class="wide"' if place == wide else ""
