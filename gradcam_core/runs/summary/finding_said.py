"""One finding in one sentence a stranger understands, and its one number. Pure."""

import math
from collections.abc import Mapping, Sequence

from gradcam_core.base.text import in_percent
from gradcam_core.runs.edit_words import EDIT_WORDS
from gradcam_core.runs.findings import CUES, HEARD, POINTS, USES, EditEvidence, Finding

EDITS: Mapping[str, str] = {
    "background-swap": "when only the background is swapped",
    "background-neutralise": "when only the background is neutralised",
    "object-removal": "when only the object is removed",
    "spot-removal": "when only that spot is removed",
    "patch-insertion": "when only that mark is pasted in",
    "part-removal": "when only that part of the object is painted over",
    "part-insertion": "when only that part is pasted on their object",
    "noise": "when only noise is added",
    "photometry": "when only the overall look is moved",
    "border-crop": "when only the border is cut off",
    "band-swap": "when only the margins are swapped",
}
"""Edit -> what was done, within a sentence."""

HINTS: Mapping[str, str] = {
    "errors-elsewhere": "the maps lie elsewhere when the model errs",
    "same-place": "the maps show the same place whatever the object does",
    "empty-maps": "maps are empty",
    "untrustworthy-maps": "the maps cannot be relied on",
}
"""Flag -> what is worth a look; of the others it is the cue."""


def cue(entry: Finding) -> str:
    """'a marker at a fixed place for “high, from 6.8”'."""
    return str(entry.details.get(HEARD) or CUES[entry.flag]) + (
        f" for “{entry.label}”" if entry.label else ""
    )


def sentence(entry: Finding, in_brackets: str = "") -> str:
    """'Uses the background: 9 in 10 predictions change when only the background is swapped, …'.

    ``in_brackets`` stands before the full stop, for texts that draw no numbers beside the sentence.
    """
    if entry.level >= USES:
        hurts = ", and it hurts" if entry.level > USES else ""
        shown = quoted(entry)
        tested = f": {_moved(entry, shown)}" if shown else ""
        text = f"Uses {cue(entry)}{hurts}{tested}"
    elif entry.level == 2:
        text = f"Could use {cue(entry)}: it goes with the class{_open(entry)}"
    else:
        text = (
            f"Worth a look: {HINTS.get(entry.flag) or cue(entry)}{_open(entry) if entry.evidence else ''}"
        )
    return f"{text}{f' ({in_brackets})' if in_brackets else ''}."


def numbers(entry: Finding) -> str:
    """'+90 points, 95 % interval 81 to 94, n 106'; empty where no edit was measured."""
    if not entry.evidence or not math.isfinite(entry.effect):
        return ""
    low, high = entry.interval
    known = math.isfinite(low) and math.isfinite(high)
    interval = f"95 % interval {round(100 * low)} to {round(100 * high)}" if known else ""
    return ", ".join(filter(None, [points(entry.effect), interval, f"n {entry.n:,}" if entry.n else ""]))


def points(difference: float) -> str:
    """'+43 points', '0 points', a dash where it is unknown."""
    if not math.isfinite(difference):
        return "–"
    whole = round(100 * difference)
    return f"{whole:+d} points" if whole else "0 points"


def deciding(entry: Finding) -> list[EditEvidence]:
    """The fillers of the edit whose number the finding carries, of its quantity where there are several."""
    named = [one for one in entry.evidence if one.edit == entry.details.get("edit")]
    if not named or not math.isfinite(entry.effect):
        return list(entry.evidence)[:2]
    nearest = min(named, key=lambda one: abs(one.difference - entry.effect))
    quantity, way, _ = nearest.filler.partition(":")
    return [one for one in named if not way or one.filler.startswith(f"{quantity}:")]


def quoted(entry: Finding) -> EditEvidence | None:
    """The edit and filler whose number the finding carries; None where no edit was made."""
    known = [one for one in deciding(entry) if math.isfinite(one.difference)]
    if not known or not math.isfinite(entry.effect):
        return None
    return min(known, key=lambda one: abs(one.difference - entry.effect))


def disagreement(entry: Finding) -> str:
    """What is said where one filler shows an effect and another does not; empty where they agree."""
    shown = sorted((one for one in deciding(entry) if math.isfinite(one.difference)), key=_difference)
    if len(shown) < 2 or not _apart(shown[0], shown[-1]):
        return ""
    said = " and ".join(
        f"“{one.filler}” {in_percent(one.edit_rate)} against {in_percent(one.control_rate)} of its control"
        for one in shown
    )
    return f"The fillers disagree: {said}. The weaker one counts."


def _apart(weak: EditEvidence, strong: EditEvidence) -> bool:
    """One side of what matters and the other, or intervals that do not touch."""
    return weak.difference < POINTS <= strong.difference or weak.interval[1] < strong.interval[0]


def _difference(one: EditEvidence) -> float:
    return one.difference


def _open(entry: Finding) -> str:
    if not entry.evidence:
        return ", and no edit has tested whether the model uses it"
    if disagreement(entry):
        return ", and the edits disagree on whether the model uses it"
    return ", and no edit showed that the model uses it"


def _moved(entry: Finding, one: EditEvidence) -> str:
    """'9 in 10 predictions change when only the background is swapped, …' of both arms."""
    target = f"“{entry.label}”" if entry.label else "the class it goes with"
    what = {
        "flip": ("prediction changes", "predictions change"),
        "moved": ("output moves by more than the tolerance", "outputs move by more than the tolerance"),
        "to target": (f"other picture is called {target}", f"other pictures are called {target}"),
    }.get(one.outcome, ("answer moves", "answers move"))
    return f"{tenths(one.edit_rate, what)} {_done(one)}, with a control edit {tenths(one.control_rate)}"


def _done(one: EditEvidence) -> str:
    quantity, way, _ = one.filler.partition(":")
    if one.edit == "photometry" and way:
        return f"when only the {quantity} is moved"
    return EDITS.get(one.edit, f"after “{EDIT_WORDS.get(one.edit, one.edit)}”")


def tenths(share: float, what: Sequence[str] = ("", "")) -> str:
    """'9 in 10 predictions change'; what is not all is never called all, what is not none never none."""
    whole = round(10 * share) if math.isfinite(share) else 0
    if whole == 0:
        number, many = ("none", False) if share == 0 else ("fewer than 1 in 10", True)
    elif whole == 10:
        number, many = ("all", True) if share == 1 else ("more than 9 in 10", True)
    else:
        number, many = f"{whole} in 10", True
    if number == "none" and what[0]:
        return f"no {what[0]}"
    return f"{number} {what[1] if many else what[0]}".strip()
