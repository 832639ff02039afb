"""Levels, edits and numbers of findings as words, and what could have been missed. Pure."""

import math

from gradcam_core.base.text import in_percent, percent
from gradcam_core.runs.edit_words import EDIT_WORDS
from gradcam_core.runs.findings import LEVELS, POINTS, USES, Finding
from gradcam_core.runs.summary.finding_said import points

LEVEL_HELP = (
    "Nothing was seen; the note says how large an effect could have been missed.",
    "Heat alone: a reason to look, no evidence.",
    "The cue is in the pictures and goes with the label, so a model could use it. Whether it does is open.",
    "Changing the cue moved the answer more than a control edit did, on samples it was not searched on.",
    "The model uses it, and samples that contradict the cue are answered worse.",
)


def edit_words(name: str) -> str:
    """'background swapped'."""
    return EDIT_WORDS.get(name, name.replace("-", " "))


def level_words(level: int) -> str:
    """'level 3: the model uses it'."""
    return f"level {level}: {LEVELS[level]}"


def title(entry: Finding) -> str:
    """'Background, dog'."""
    return f"{entry.title}, {entry.label}" if entry.label else entry.title


def in_points(entry: Finding) -> bool:
    """The effect is a difference of shares between an edit and its control."""
    return bool(entry.evidence)


def effect_words(entry: Finding) -> str:
    """'+43 points', '0.41', or why there is no number."""
    if not math.isfinite(entry.effect):
        return "no number"
    return points(entry.effect) if in_points(entry) else number(entry.effect)


def number(value: float) -> str:
    """Two digits; what rounds to nothing has no sign."""
    return f"{round(value, 2) + 0.0:.2f}"


def interval_words(entry: Finding) -> str:
    """'30 to 55' in the unit of the effect; empty without one."""
    low, high = entry.interval
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return (
        f"{round(100 * low)} to {round(100 * high)}"
        if in_points(entry)
        else f"{number(low)} to {number(high)}"
    )


def q_words(q: float) -> str:
    """'q 0.012', 'q below 0.001', or '' where nothing was tested."""
    if not math.isfinite(q):
        return ""
    return "q below 0.001" if q < 0.001 else f"q {q:.3f}"


def measure_words(entry: Finding) -> str:
    """What the effect counts, in words."""
    return "edit minus control, share of samples moved" if in_points(entry) else entry.measure


def reliance_words(entry: Finding) -> str:
    """How many answers the cue decides, with its interval; '' below level 3, or where no edit can tell."""
    if entry.level < USES or not math.isfinite(entry.reliance):
        return ""
    low, high = (percent(end) for end in entry.reliance_interval)
    return (
        f"The cue decides {in_percent(entry.reliance)} of the answers (95 % interval {low} to {high}): "
        "what the strongest way of the edit changes, less what its control changes alone."
    )


def reliance_short(entry: Finding) -> str:
    """'reliance 85 %', or '' as :func:`reliance_words`."""
    return f"reliance {in_percent(entry.reliance)}" if reliance_words(entry) else ""


def tested(entry: Finding) -> bool:
    """Something was measured, so that "not found" says something."""
    return math.isfinite(entry.smallest) or math.isfinite(entry.effect)


def missed(entry: Finding) -> str:
    """'a reliance below 17 %', or that nothing could be tested."""
    if not math.isfinite(entry.smallest):
        return "not testable in this run"
    if in_points(entry):
        return f"a reliance below {100 * max(entry.smallest, POINTS):.0f} %"
    return f"effects below {max(entry.smallest, 0.01):.2f}"


def not_seen(entry: Finding) -> str:
    """'Watermark: with 60 pictures a reliance above 17 % would have shown'."""
    if not math.isfinite(entry.smallest):
        return f"{title(entry)}: nothing seen"
    would = missed(entry).replace("below", "above")
    return f"{title(entry)}: with {entry.n:,} pictures {would} would have shown"
