"""What a comparison of two runs says, as numbers, JSON and text. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

import pandas as pd

from gradcam_core.base.intervals import Shift
from gradcam_core.base.text import percent
from gradcam_core.runs.compare.answers import KINDS, Change
from gradcam_core.runs.compare.cues import STATUS, UNTESTED, CueChange
from gradcam_core.runs.compare.matching import Matched
from gradcam_core.runs.findings import TITLES

TOLD = ("gone", "weaker", "new", "stronger", "same", "unclear")
UNKNOWN = "No edit was made in both audits: whether a cue went is not known."


@dataclass(frozen=True)
class Comparison:
    """Two runs over the same samples; true where no cue is new.

    Attributes:
        before, after: ids of the runs.
        matched: which samples are in both.
        accuracy: all samples in both, each class, each slice where a cue contradicts the label.
        scores: means of the scores that both runs have.
        changed: samples whose answer is another one (``answers.changed``).
        cues: what became of each cue, the most used first.
        retested: both models were asked about the same edits of every suspicion of both runs.
        notes: what could not be compared, in sentences.
    """

    before: str
    after: str
    matched: Matched
    accuracy: tuple[Change, ...]
    scores: tuple[Change, ...]
    changed: pd.DataFrame
    cues: tuple[CueChange, ...]
    retested: bool
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[CueChange, ...]:
        """Cues that the run after uses and the one before did not, or was not tested for."""
        unknown = (one for one in self.cues if one.status == UNTESTED[0] and one.shown_after)
        return (*(one for one in self.cues if one.status == "new"), *unknown)

    @property
    def untested(self) -> tuple[CueChange, ...]:
        """Cues that were tested in one of the runs only."""
        return tuple(one for one in self.cues if one.status in UNTESTED)

    @property
    def headline(self) -> str:
        """'Background gone: 54 → 6 points; border new: 3 → 31 points.', with intervals and n."""
        used = [one for one in self.cues if one.shown_before or one.shown_after]
        told = [one for status in TOLD for one in used if one.status == status]
        parts = [f"{short_name(one)} {one.status}: {points(one)} ({figures(one)})" for one in told]
        if not parts:
            tested = len(self.untested) < len(self.cues)
            parts = [
                "No cue is shown to reach ten points in either audit" if tested else UNKNOWN.rstrip(".")
            ]
        if self.untested:
            parts.append(f"{len(self.untested)} tested in one audit only")
        text = "; ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."

    def __bool__(self) -> bool:
        return not self.new

    def to_json(self) -> dict[str, Any]:
        """JSON-able; undefined numbers become null."""
        matched = {
            name: getattr(self.matched, name)
            for name in ("only_before", "only_after", "gone", "relabelled")
        }
        return {
            "before": self.before,
            "after": self.after,
            "headline": self.headline,
            "retested": self.retested,
            "matched": {"samples": len(self.matched.before), **matched},
            "accuracy": [_json(asdict(one)) for one in self.accuracy],
            "scores": [_json(asdict(one)) for one in self.scores],
            "cues": [_json({**asdict(one), "name": one.name}) for one in self.cues],
            "changed": [_json(row) for row in self.changed.astype(object).to_dict("records")],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The comparison as lines for a terminal."""
        rows = [self.headline, "", f"{self.before} → {self.after}: {self.matched.said}.", *self.notes]
        rows += ["", "Cues (edit minus control, points):", *(f"  {cue_line(one)}" for one in self.cues)]
        rows += ["", "Accuracy:", *(f"  {accuracy_line(one)}" for one in self.accuracy)]
        rows += ["", "Scores (means):", *(f"  {score_line(one)}" for one in self.scores)]
        return [*rows, "", f"Answers: {self.counted}."]

    @property
    def counted(self) -> str:
        """'31 of 200 changed: 28 repaired, 1 broken, 2 other'."""
        kinds = self.changed["kind"].value_counts()
        each = ", ".join(f"{int(kinds.get(kind, 0)):,} {kind}" for kind in KINDS)
        return f"{len(self.changed):,} of {len(self.matched.before):,} changed: {each}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("cue", "status", "points", "change, 95 %", "edit"))
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells(one))}</tr>" for one in self.cues
        )
        return f"<p>{escape(self.headline)}</p><table><tr>{head}</tr>{rows}</table>"


def short_name(one: CueChange) -> str:
    """'fixed marker for “dog”'."""
    return TITLES[one.flag].lower() + (f" for “{one.label}”" if one.label else "")


def cells(one: CueChange) -> tuple[str, str, str, str, str]:
    """Cue, status, points before → after, interval and n of the change, edit and filler."""
    return one.name, one.status, points(one), figures(one), f"{one.edit} ({one.told.filler})"


def points(one: CueChange) -> str:
    """'54 → 6 points'."""
    return f"{whole(one.told.before.value)} → {whole(one.told.after.value)} points"


def figures(one: CueChange) -> str:
    """'change −48, 95 % interval −57 to −39, n 104', or what is known of the one run that was tested."""
    known = one.told
    if one.status not in UNTESTED:
        return f"change {interval(known.change)}"
    side = known.after if one.status == UNTESTED[0] else known.before
    return interval(side)


def interval(shift: Shift, scale: float = 100, digits: int = 0) -> str:
    """'−48, 95 % interval −57 to −39, n 104', in hundredths as a rule."""
    low, high = whole(shift.low, scale, digits), whole(shift.high, scale, digits)
    known = math.isfinite(shift.low)
    between = f", 95 % interval {low} to {high}" if known else ", too few for an interval"
    return f"{whole(shift.value, scale, digits)}{between}, n {shift.n:,}"


def whole(value: float, scale: float = 100, digits: int = 0) -> str:
    """'−48'; a dash where it is unknown."""
    if not math.isfinite(value):
        return "–"
    text = f"{abs(scale * value):.{digits}f}"
    return f"−{text}" if value < 0 and float(text) else text


def cue_line(one: CueChange) -> str:
    """One cue on one line."""
    name, status, moved, change, edit = cells(one)
    return f"{status}: {name}, {moved}; {change}; {edit}"


def accuracy_line(one: Change) -> str:
    """'cat: 95 → 96 %; change 1, 95 % interval …'."""
    return f"{one.name}: {percent(one.before)} → {percent(one.after)} %; change {interval(one.change)}"


def score_line(one: Change) -> str:
    """'background_focus: 0.63 → 0.31; change …'."""
    values = f"{whole(one.before, 1, 3)} → {whole(one.after, 1, 3)}"
    return f"{one.name}: {values}; change {interval(one.change, 1, 3)}"


def _json(value: Any) -> Any:
    if isinstance(value, Shift):
        return _json(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): _json(entry) for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_json(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value is pd.NA else value


assert set(TOLD) | {"neither", *UNTESTED} == set(STATUS)
