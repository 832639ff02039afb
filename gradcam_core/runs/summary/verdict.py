"""What the findings of a run say in a sentence: the strongest level, or what could have been missed."""

import math
from collections.abc import Sequence

from gradcam_core.runs.findings import CUES, POINTS, USES, Finding


def verdict(found: Sequence[Finding], edited: bool) -> str:
    """One computed sentence or two.

    Args:
        found: every finding of the run, level 0 included.
        edited: edits have been made.
    """
    used = [entry for entry in found if entry.level >= USES]
    if used:
        return _relies(used)
    return f"{_no_use(found, edited)} {_rest(found)}".strip()


def _relies(used: Sequence[Finding]) -> str:
    cues = list(dict.fromkeys(_cue(entry) for entry in used))
    first = max(used, key=lambda entry: (_size(entry), entry.level))
    hurts = [_cue(entry) for entry in used if entry.level > USES]
    harm = f" It hurts where {_and(list(dict.fromkeys(hurts)))} contradicts the class." if hurts else ""
    return f"The model relies on {_and(cues)}.{harm} {_strongest(first, len(used))}".strip()


def _cue(entry: Finding) -> str:
    return CUES[entry.flag] + (f" for {entry.label}" if entry.label else "")


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _strongest(entry: Finding, count: int) -> str:
    if not math.isfinite(entry.effect):
        return ""
    low, high = (round(100 * end) for end in entry.interval)
    which = f"The strongest edit, of {_cue(entry)}," if count > 1 else "The edit"
    return (
        f"{which} moves the answer on {100 * entry.effect:.0f} points more of the samples than its control "
        f"(95 % interval {low} to {high}, n = {entry.n})."
    )


def _no_use(found: Sequence[Finding], edited: bool) -> str:
    if not edited:
        return "No edit has tested yet whether the model uses what was noticed."
    smallest = [
        entry.smallest for entry in found if entry.evidence and math.isfinite(entry.smallest)
    ]  # the effect sizes of the edits; those of other tests have other units
    if not smallest:
        return "Nothing was found at level 3 or above, and no edit could be tested in this run."
    ends = sorted({round(100 * max(value, POINTS)) for value in (min(smallest), max(smallest))})
    span = f"{ends[0]} points" if len(ends) == 1 else f"{ends[0]} to {ends[-1]} points (by edit)"
    return (
        "Nothing was found at level 3 or above; the smallest effect this run could have shown is a "
        f"difference of {span} between an edit and its control."
    )


def _rest(found: Sequence[Finding]) -> str:
    cues = sum(entry.level == 2 for entry in found)
    looks = sum(entry.level == 1 for entry in found)
    parts = [
        f"{cues} {'cue is' if cues == 1 else 'cues are'} available in the data" if cues else "",
        f"{looks} {'place is' if looks == 1 else 'places are'} worth a look" if looks else "",
    ]
    said = [part for part in parts if part]
    return f"{_and(said)}." if said else ""


def _size(entry: Finding) -> float:
    return abs(entry.effect) if math.isfinite(entry.effect) else 0.0
