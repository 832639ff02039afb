"""Plain words with the numbers. "Relies on" from level 3 only, and never "biased"."""

import math
from collections.abc import Mapping, Sequence

from gradcam_core.base.text import in_percent
from gradcam_core.edits import Check
from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import CUES, FOR_A_PERSON, POINTS, USES, Finding

OUTCOMES: Mapping[str, str] = {
    "flip": "changes {edit} of the predictions, its control edit {control}",
    "to target": "turns {edit} of the predictions to the patch's class, a control patch {control}",
    "moved": "moves {edit} of the outputs by more than the tolerance, its control edit {control}",
}
SEARCHED: Mapping[str, str] = {
    "fixed-marker": "No spot stood out in one class; one that is hot in fewer than 30 % of a class's "
    "pictures, or smaller than a cell of the map, could have been missed.",
    "roaming-marker": "No patch recurred under the heat of one class; one in fewer than 15 % of "
    "its pictures, or that varies in size and direction, could have been missed.",
    "part": "No part of the object was hot and recurred in one class alone; one that covers less than "
    "1 % of the objects, or that varies in colour and texture, could have been missed.",
    "watermark": "No structure recurred at the same pixels of one class; one that moves from picture to "
    "picture could have been missed.",
}
ROUGH = 0.3  # of the predictions: a control edit that changes more is no small disturbance
ESTIMATES = (
    "Where masks are known such estimates overlap them by 0.60 to 1.00 in the median (IoU), "
    "by 0.22 where every picture has a frame."
)
JUDGE = (
    "Whether they may is for a person to say: the part can be what makes the class (an ear, a coat), "
    "or have come along with its pictures (a collar, a tattoo)."
)
NOT_EDITABLE = ("errors-elsewhere", "same-place", "empty-maps", "untrustworthy-maps")


def statement(
    finding: Finding,
    hints: Sequence[Hint],
    harm: Sequence[Hint],
    *,
    edited: bool,
    checks: Mapping[str, Check],
    number: str = "",
) -> str:
    """The card's text, from the level and the evidence of ``finding``.

    Args:
        finding: with its level decided.
        hints: heat and data hints that passed their own rules.
        harm: comparisons of agreeing and conflicting samples, if there are any.
        edited: edits have been made for this run.
        checks: name -> edit, for what making it is called.
        number: what the model answers with, where that is a number and not a class.
    """
    parts = [_opening(finding), *(hint.statement for hint in hints)]
    if finding.evidence:
        parts += [_edit(finding, checks), _disagreement(finding), _shift(finding, number)]
        parts.append(_from_estimates(finding, checks))
    if finding.level == 4:
        parts += [hint.statement for hint in harm]
    parts.append(_closing(finding, edited, checks))
    return " ".join(part for part in parts if part)


def _opening(finding: Finding) -> str:
    cue, about = CUES[finding.flag], f" for {finding.label}" if finding.label else ""
    if finding.level >= USES:
        hangs = f"Answers{about} hang on one part of the object."
        return hangs if finding.flag in FOR_A_PERSON else f"The model relies on {cue}{about}."
    if finding.level == 2:
        return f"{cue[0].upper()}{cue[1:]} is a cue that is available{about}."
    if finding.level == 1 and finding.details.get("cleared"):
        return f"{cue[0].upper()}{cue[1:]} is available{about}, but the model hardly uses it."
    if finding.level == 1 and finding.flag in ("background", "fixed-marker", "roaming-marker", "border"):
        return f"Attention outside the object{about}."
    if finding.level == 0 and finding.details.get("cleared"):
        return "Tested and not confirmed."
    return "" if finding.level else "Nothing seen."


def _edit(finding: Finding, checks: Mapping[str, Check]) -> str:
    """The numbers of the finding: the first entry of the evidence is the filler that decided."""
    entry, count = finding.evidence[0], int(finding.details.get("fillers", 1))
    action = checks[entry.edit].action if entry.edit in checks else entry.edit
    rates = OUTCOMES[entry.outcome].format(
        edit=in_percent(entry.edit_rate), control=in_percent(entry.control_rate)
    )
    between = "too few groups for an interval"
    if all(math.isfinite(end) for end in entry.interval):
        between = "95 % interval {:.0f} to {:.0f}".format(*(100 * end for end in entry.interval))
    weaker = f", the weaker of {count} fillers" if count > 1 else ""
    units = f" in {entry.units} groups" if 0 < entry.units < entry.n else ""
    return (
        f"{action} {rates} (difference {100 * entry.difference:+.0f} points, "
        f"{between}, n = {entry.n}{units}{weaker})."
    )


def _from_estimates(finding: Finding, checks: Mapping[str, Check]) -> str:
    """How many regions were estimated, how many pictures were left out, and what the other witness says."""
    sources = finding.details.get("regions", {})
    if not finding.estimated or not sources.get("estimated"):
        return ""
    first, *others = finding.evidence or (None,)
    second = next((one for one in others if first and one.edit != first.edit), None)
    agrees = ""
    if second and finding.level >= USES:
        action = checks[second.edit].action if second.edit in checks else second.edit
        agrees = f" {action} agrees ({100 * second.difference:+.0f} points, n = {second.n})."
    left = f"; {sources['none']:,} with an unclear one are left out" if sources.get("none") else ""
    return (
        f"The place of the object is estimated, in {sources['estimated']:,} samples{left}. "
        f"{ESTIMATES}{agrees}"
    )


def _disagreement(finding: Finding) -> str:
    """What the fillers say each, where they do not say the same, and which control is not harmless."""
    if not finding.details.get("disagree"):
        return ""
    own = finding.evidence[: int(finding.details.get("fillers", 1))]
    each = ", ".join(f"{one.filler} {100 * one.difference:+.0f} points" for one in own)
    rough = [f"{one.filler} {in_percent(one.control_rate)}" for one in own if one.control_rate >= ROUGH]
    spoilt = f"; the control edit alone changes {' and '.join(rough)}" if rough else ""
    return f"The ways of making it disagree ({each}{spoilt})."


def _shift(finding: Finding, number: str) -> str:
    """How far a number moved, beside how often it crossed its threshold or tolerance."""
    entry = finding.evidence[0]
    if (
        number in ("", "probability")
        or not math.isfinite(entry.shift)
        or not math.isfinite(entry.control_shift)
    ):
        return ""
    only = entry.control_shift >= entry.shift and finding.level >= USES
    told = " Its size alone does not tell them apart, the crossings do." if only else ""
    return (
        f"In the median the {number} moves by {entry.shift:.3g}, with the control edit by "
        f"{entry.control_shift:.3g}.{told}"
    )


def part_of_background(spot: Finding, checks: Mapping[str, Check]) -> str:
    """One sentence for a spot that is told together with the background it lies in."""
    about, edit = f" of {spot.label}" if spot.label else "", _edit(spot, checks)
    return f"A spot that is often hot in pictures{about} is part of it: {edit[0].lower()}{edit[1:]}"


def recurring(labels: Sequence[str]) -> str:
    """One sentence for spots and patches of a used background that do nothing much by themselves."""
    about = " and ".join(labels)
    return f"Single pieces of it recur in pictures of {about}, without much effect of their own."


def carried_along(rival: Finding) -> str:
    """One sentence for a background swap whose effect a marker explains."""
    cue = CUES[rival.flag]
    return (
        f"{cue[0].upper()}{cue[1:]}, which the swap carries along, does about as much alone "
        f"(difference {100 * rival.effect:+.0f} points)."
    )


def _closing(finding: Finding, edited: bool, checks: Mapping[str, Check]) -> str:
    if finding.exploratory:
        return "Too few samples for a half to confirm on: exploratory."
    if finding.level in (1, 2):
        return _untested(finding, edited, checks)
    if finding.level and finding.flag in FOR_A_PERSON:
        return JUDGE
    return missed(finding) if finding.level == 0 else ""


def _untested(finding: Finding, edited: bool, checks: Mapping[str, Check]) -> str:
    if finding.details.get("cleared"):
        return "The edits exclude an effect of ten points."
    hint = " A place to look at, not evidence of use." if finding.level == 1 else ""
    if finding.evidence and finding.estimated and finding.interval[0] > 0 and finding.effect >= POINTS:
        edit = checks.get(finding.evidence[0].edit)
        free = edit is not None and not edit.needs_region
        why = "Objects that reach the margins" if free else "Wrong estimates of the object's place"
        return f"{why} could explain as much.{hint}"
    if finding.evidence:
        return f"The edits do not show that the model uses it.{hint}"
    if finding.flag in NOT_EDITABLE:
        return ""
    return f"No edit has tested it{'.' if edited else '; run the findings with edits.'}{hint}"


def missed(finding: Finding) -> str:
    """The smallest effect that this run would have shown, in words."""
    if not math.isfinite(finding.smallest):
        return SEARCHED.get(finding.flag, "Not testable in this run.")
    if finding.evidence:
        least = 100 * max(finding.smallest, POINTS)
        return (
            f"With {finding.n} pictures a cue that decides more than {least:.0f} % "
            "of the answers would have shown in 8 of 10 searches; less could have been missed (power 0.8)."
        )
    return f"An effect below {finding.smallest:.2f} ({finding.measure}) could have been missed (power 0.8)."
