"""Findings that speak of one and the same thing, told once.

A hot spot on a background that the model uses is a piece of that background. A background swap that
carries a marker along is about the marker. Classes that follow from the finding about all of them are
numbers of that finding.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gradcam_core.findings import wording
from gradcam_core.findings.evidence import GENERAL_FLAGS
from gradcam_core.findings.finding import Finding

MARKERS = ("fixed-marker", "roaming-marker")
PLACED = (*MARKERS, "border", "watermark")
AS_MUCH = 0.8  # of the background's effect


def folded(found: Sequence[Finding]) -> list[Finding]:
    """Strongest first, with what another finding explains folded into that one."""
    kept = _without_classes(list(found))
    background = next((one for one in kept if _general(one) and one.flag == "background"), None)
    if background is None:
        return sorted(kept, key=_order)
    spots = [one for one in kept if one.flag in MARKERS and one.level >= 3 and not _own_cue(one)]
    kept = [one for one in kept if not any(one is other for other in (*spots, background))]
    return sorted([*kept, _told(background, spots, kept)], key=_order)


def _general(finding: Finding) -> bool:
    return finding.level >= 3 and finding.label is None and finding.flag in GENERAL_FLAGS.values()


def _own_cue(finding: Finding) -> bool:
    """Known without the heat, and enough by itself: pasted alone it pulls predictions to its class."""
    return bool(finding.details.get("available")) and bool(finding.details.get("sufficient"))


def _told(background: Finding, spots: Sequence[Finding], others: Sequence[Finding]) -> Finding:
    details: dict[str, Any] = dict(background.details)
    words = [background.statement]
    for spot in spots:
        words.append(wording.part_of_background(spot))
    rival = [one for one in others if one.flag in PLACED and one.level >= 3 and _own_cue(one)]
    rival = [one for one in rival if one.effect >= AS_MUCH * background.effect]
    if rival:
        words.append(wording.carried_along(max(rival, key=lambda one: one.effect)))
        details["carried_by"] = rival[0].suspicion
    return replace(background, statement=" ".join(words), details=details)


def _without_classes(found: list[Finding]) -> list[Finding]:
    """Classes of a general cue that is confirmed for all of them become numbers of that finding.

    They stay where the cue matters in some classes and certainly not in others.
    """
    general = {one.flag for one in found if _general(one)}
    per_class = [one for one in found if one.flag in general and one.label and not one.suspicion]
    spared = {one.flag for one in per_class if one.details.get("cleared")}
    folded_in = [one for one in per_class if one.level < 3 or one.flag not in spared]
    kept = [one for one in found if not any(one is other for other in folded_in)]
    return [_with_classes(one, per_class) if _general(one) else one for one in kept]


def _with_classes(finding: Finding, per_class: Sequence[Finding]) -> Finding:
    own = [one for one in per_class if one.flag == finding.flag and one.evidence]
    shares = {str(one.label): [one.effect, *one.interval, one.n] for one in own}
    return replace(finding, details={**finding.details, "by_class": shares}) if shares else finding


def _order(finding: Finding) -> tuple[int, bool, float]:
    size = abs(finding.effect) if finding.effect == finding.effect else 0.0
    return -finding.level, "carried_by" in finding.details, -size
