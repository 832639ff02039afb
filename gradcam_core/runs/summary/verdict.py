"""What the findings of a run say in a sentence: the strongest one, or what could have been missed."""

import math
from collections.abc import Sequence

from gradcam_core.runs.findings import FOR_A_PERSON, LEVELS, POINTS, USES, Finding
from gradcam_core.runs.summary.finding_said import cue, numbers, sentence


def ranked(found: Sequence[Finding]) -> list[Finding]:
    """Strongest first: what the model uses by the size of the effect, then the rest by level.

    What a person has to judge comes after what is a shortcut by itself.
    """
    return sorted(
        found,
        key=lambda one: (-min(one.level, USES), one.flag in FOR_A_PERSON, -_size(one), -one.level),
    )


def verdict(found: Sequence[Finding], edited: bool, with_numbers: bool = True) -> str:
    """The strongest finding and the others by name, or why nothing can be said and what could be missed.

    Args:
        found: every finding of the run, level 0 included.
        edited: edits have been made.
        with_numbers: the strongest one's effect, interval and n stand in brackets.
    """
    order = ranked(found)
    used = [entry for entry in order if entry.level >= USES]
    if used:
        first = sentence(used[0], numbers(used[0]) if with_numbers else "")
        return " ".join(filter(None, [first, _also(used)]))
    return " ".join(filter(None, [_no_use(found, edited), _rest(order)]))


def _also(used: Sequence[Finding]) -> str:
    """The other cues in use, and where one of them hurts."""
    rest = [f"{cue(entry)}{', which hurts' if entry.level > USES else ''}" for entry in used[1:]]
    rest = list(dict.fromkeys(rest))
    return f"It also uses {' and '.join(filter(None, ['; '.join(rest[:-1]), rest[-1]]))}." if rest else ""


def _no_use(found: Sequence[Finding], edited: bool) -> str:
    if not edited:
        return "Not tested by edits yet: whether the model uses what was noticed is open."
    smallest = [
        entry.smallest for entry in found if entry.evidence and math.isfinite(entry.smallest)
    ]  # the effect sizes of the edits; those of other tests have other units
    if not smallest:
        return "Nothing was found at level 3 or above, and no edit could be tested in this run."
    ends = sorted({round(100 * max(value, POINTS)) for value in (min(smallest), max(smallest))})
    span = f"{ends[0]} points" if len(ends) == 1 else f"{ends[0]} to {ends[-1]} points (by edit)"
    return (
        f"No edit showed that the model uses a cue; the smallest effect this run could have shown is a "
        f"difference of {span} between an edit and its control."
    )


def _rest(order: Sequence[Finding]) -> str:
    """The strongest hint in words, and how many more there are."""
    hints = [entry for entry in order if entry.level]
    if not hints:
        return ""
    more = len(hints) - 1
    counted = "" if not more else f" 1 more {_hint(1)}." if more == 1 else f" {more} more {_hint(more)}."
    return f"{sentence(hints[0])}{counted}"


def _hint(number: int) -> str:
    return f"{'place is' if number == 1 else 'places are'} at level {LEVELS.index('look here')} or 2"


def _size(entry: Finding) -> float:
    return abs(entry.effect) if math.isfinite(entry.effect) else 0.0
