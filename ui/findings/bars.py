"""Intervals and pairs of rates as thin bars with dots, HTML text. Pure; everything from data is escaped."""

import html
import math
from collections.abc import Sequence

from gradcam_core.base.text import in_percent
from gradcam_core.runs.findings import POINTS, EditEvidence, Finding, Interval
from gradcam_core.runs.summary.finding_said import points
from ui.findings import words

HALF = {"confirm": "confirmation half", "all": "all samples"}


def _place(value: float, ends: Interval) -> float:
    low, high = ends
    return 100 * (min(max(value, low), high) - low) / (high - low)


def effect(entry: Finding) -> str:
    """The effect on its scale: a dot, its interval as a thin bar, zero and what level 3 asks for."""
    if not math.isfinite(entry.effect) or abs(entry.effect) > 1:
        return ""
    known = [value for value in (entry.effect, *entry.interval) if math.isfinite(value)]
    ends = (-1.0, 1.0) if min(known) < -0.25 else (-0.25, 1.0) if min(known) < 0 else (0.0, 1.0)
    unit = 100 if words.in_points(entry) else 1
    marks = [(value, f"{unit * value:g}") for value in (*({ends[0]} & {-1.0}), 0.0, 0.5, 1.0)]
    need = (
        f'<i class="need" style="left:{_place(POINTS, ends):.2f}%"></i>' if words.in_points(entry) else ""
    )
    return (
        f'<div class="fbar" role="img" aria-label="{html.escape(described(entry), quote=True)}">'
        f'<div class="track">{_zero(ends)}{need}{_bar(entry.interval, ends)}'
        f'<i class="dot" style="left:{_place(entry.effect, ends):.2f}%"></i></div>'
        f'<div class="ticks">{"".join(_tick(_place(v, ends), text) for v, text in marks)}</div></div>'
    )


def described(entry: Finding) -> str:
    """The bar in words, for readers who do not see it."""
    interval = words.interval_words(entry)
    return f"{words.effect_words(entry)}{f', 95 % interval {interval}' if interval else ''}"


def _zero(ends: Interval) -> str:
    return f'<i class="zero" style="left:{_place(0, ends):.2f}%"></i>'


def _bar(interval: Interval, ends: Interval) -> str:
    if not all(math.isfinite(end) for end in interval):
        return ""
    left, right = (_place(end, ends) for end in interval)
    return f'<i class="ci" style="left:{left:.2f}%;width:{max(right - left, 0.5):.2f}%"></i>'


def _tick(place: float, text: str) -> str:
    shift = -100 if place > 97 else 0 if place < 3 else -50
    return f'<span style="left:{place:.2f}%;transform:translateX({shift}%)">{text}</span>'


def arms(evidence: Sequence[EditEvidence], brief: bool = False) -> str:
    """A table: per edit and filler both arms' rates on one scale, their difference and its interval."""
    half = "" if brief else "<th>Samples of</th>"
    head = (
        "<tr><th>Edit</th><th>Filler</th><th class='wide'>Moved, 0 to 100 %: control ○ edit ●</th>"
        "<th class='num'>Control</th><th class='num'>Edit</th><th class='num'>Difference</th>"
        f"<th class='num'>95 %</th><th class='num'>n</th>{half}</tr>"
    )
    rows = "".join(_arm(entry, brief) for entry in evidence)
    return f'<div class="farms arms"><table>{head}{rows}</table></div>'


def _arm(entry: EditEvidence, brief: bool) -> str:
    low, high = entry.interval
    interval = f"{100 * low:.0f} to {100 * high:.0f}" if math.isfinite(low) and math.isfinite(high) else "–"
    cells = (
        in_percent(entry.control_rate),
        in_percent(entry.edit_rate),
        points(entry.difference),
        interval,
        f"{entry.n:,}",
    )
    half = "" if brief else f"<td>{html.escape(HALF.get(entry.half, entry.half))}</td>"
    numbers = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    return (
        f"<tr><td>{html.escape(words.edit_words(entry.edit))}</td><td>{html.escape(entry.filler)}</td>"
        f"<td class='wide'>{dumbbell(entry.control_rate, entry.edit_rate)}</td>{numbers}"
        f"{half}</tr>"
    )


def dumbbell(control: float, edit: float) -> str:
    """Two dots on 0 to 1: hollow the control, full the edit, the way between them drawn."""
    if not (math.isfinite(control) and math.isfinite(edit)):
        return ""
    low, high = sorted((control, edit))
    return (
        f'<div class="fduo"><i class="way" style="left:{100 * low:.1f}%;'
        f'width:{100 * (high - low):.1f}%"></i>'
        f'<i class="ring" style="left:{100 * control:.1f}%"></i>'
        f'<i class="dot" style="left:{100 * edit:.1f}%"></i></div>'
    )
