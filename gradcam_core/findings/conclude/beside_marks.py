"""One cause, one finding: a background that does nothing of its own beside a mark is told with the mark."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from gradcam_core.findings.conclude.own_effect import OwnEffect, own_effect
from gradcam_core.findings.conclude.reliance import reliance
from gradcam_core.runs.findings import CUES, USES, Finding

MARKS = ("fixed-marker", "roaming-marker", "border")


@dataclass(frozen=True)
class HeldEdits:
    """The background edit of a run once more, with marks held fixed.

    Attributes:
        table: columns of ``edits.parquet``.
        room: filler -> share of the pixels it changes that it still changes.
        marks: flag, class and suspicion of each mark that was held.
    """

    table: pd.DataFrame
    room: Mapping[str, float]
    marks: tuple[tuple[str, str | None, str], ...]


def backgrounds(found: Sequence[Finding]) -> list[Finding]:
    """Confirmed findings about the background, of all classes or of one."""
    return [one for one in found if one.level >= USES and one.flag == "background" and one.evidence]


def marks(found: Sequence[Finding]) -> list[Finding]:
    """Confirmed marks that have a place, strongest first."""
    placed = [one for one in found if one.level >= USES and one.flag in MARKS]
    return sorted(placed, key=lambda one: -one.effect)


def name(mark: Finding) -> tuple[str, str | None, str]:
    """What a mark is known by."""
    return mark.flag, mark.label, mark.suspicion


def beside_marks(found: Sequence[Finding], edits: pd.DataFrame, held: HeldEdits) -> list[Finding]:
    """Backgrounds with what is left of them; one of which too little is left gets level 0 or 1.

    Args:
        found: of one run, nothing folded yet.
        edits: its edit table.
        held: the background edit once more.
    """
    mark = next((one for one in marks(found) if name(one) in held.marks), None)
    tested = [
        (one, own) for one in backgrounds(found) if (own := own_effect(one, edits, held.table, held.room))
    ]
    if mark is None or not tested:
        return list(found)
    said = (_with_it(one, own) for one, own in tested if not own.stands)
    new = {id(one): _judged(one, own, mark) for one, own in tested}
    new[id(mark)] = replace(mark, statement=" ".join([mark.statement, *said]))
    return [new.get(id(one), one) for one in found]


def _judged(ground: Finding, own: OwnEffect, mark: Finding) -> Finding:
    details = {**ground.details, "marks_held": [own.share, *own.interval, own.held.n, own.room]}
    if own.stands:
        return replace(ground, details=details, statement=f"{ground.statement} {_by_itself(own, mark)}")
    share, interval = reliance([own.held])
    return replace(
        ground,
        reliance=share,
        reliance_interval=interval,
        level=1 if ground.details.get("available") else 0,
        examples=(),
        samples=(),
        details={**details, "carried_by": mark.suspicion or mark.flag},
        statement=f"{_with_it(ground, own)} It is {CUES[mark.flag]}, told by itself.",
    )


def _with_it(ground: Finding, own: OwnEffect) -> str:
    about = f" of {ground.label}" if ground.label else ""
    points = f"{100 * own.plain.difference:+.0f} points, {100 * own.held.difference:+.0f}"
    return (
        f"What changing the background{about} does goes with a mark: {points} with the mark "
        f"left as it was ({_left(own)})."
    )


def _by_itself(own: OwnEffect, mark: Finding) -> str:
    return f"With {CUES[mark.flag]} left as it was it still works ({_left(own)})."


def _left(own: OwnEffect) -> str:
    low, high = (100 * end for end in own.interval)
    ends = f", 95 % interval {low:.0f} to {high:.0f}" if math.isfinite(low) else ""
    return (
        f"{100 * own.share:.0f} % of the effect on the log-odds is left{ends}, "
        f"of {100 * own.room:.0f} % of the pixels, n = {own.held.n}"
    )
