"""Findings that speak of one and the same thing, told once.

A hot spot on a background that the model uses is a piece of that background, and so is a patch that recurs
in it. A background swap that carries a marker along is about the marker. Classes that follow from the
finding about all of them are numbers of that finding.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from gradcam_core.base.suspicion import source_of
from gradcam_core.edits import Check
from gradcam_core.findings.conclude import wording
from gradcam_core.findings.conclude.edit_tests import general_flags
from gradcam_core.runs.findings import USES, Finding

MARKERS = ("fixed-marker", "roaming-marker")
PLACED = (*MARKERS, "border", "watermark")
AS_MUCH = 0.8  # of the background's effect


def folded(found: Sequence[Finding], checks: Mapping[str, Check]) -> list[Finding]:
    """Strongest first, with what another finding explains folded into that one.

    Args:
        found: findings of one run.
        checks: name -> edit.
    """
    flags = general_flags(checks)
    kept = _without_classes(list(found), flags)
    backgrounds = [one for one in kept if one.flag == "background" and one.level >= USES]
    general = next((one for one in backgrounds if _general(one, flags)), None)
    pieces = [one for one in kept if general and _piece(one, general)]
    rivals = [one for one in kept if one.flag in PLACED]
    told = [_told(one, pieces if one is general else [], rivals, checks) for one in backgrounds]
    rest = [one for one in kept if not any(one is other for other in (*backgrounds, *pieces))]
    return sorted([*rest, *told], key=_order)


def _general(finding: Finding, flags: Collection[str]) -> bool:
    return finding.level >= USES and finding.label is None and finding.flag in flags


def _as_much(mark: Finding, background: Finding) -> bool:
    """Known without the heat, and an edit of the mark alone does about what the whole background does."""
    known = mark.level >= USES and bool(mark.details.get("available"))
    return known and mark.effect >= AS_MUCH * background.effect


def _piece(spot: Finding, background: Finding) -> bool:
    """Whether a marker is no more than a piece of the used background.

    Structure at the same pixels is a thing of its own, and so is a mark that does as much as the whole
    background; a hot spot, or a patch that recurs in pictures, may be the background's texture.
    """
    if spot.flag not in MARKERS or spot.level == 0:
        return False
    fixed = source_of(spot.suspicion) == "data" and bool(spot.details.get("available"))
    return not (fixed or _as_much(spot, background))


def _told(
    background: Finding,
    pieces: Sequence[Finding],
    rivals: Sequence[Finding],
    checks: Mapping[str, Check],
) -> Finding:
    """The finding with its pieces, or with the marker that the swap carries along."""
    words, details = [background.statement], dict(background.details)
    words += [wording.part_of_background(one, checks) for one in pieces if one.level >= USES]
    recurring = sorted({one.label for one in pieces if one.level < USES and one.label})
    if recurring:
        words.append(wording.recurring(recurring))
    strong = [one for one in rivals if _as_much(one, background)]
    if strong:
        most = max(strong, key=lambda one: one.effect)
        words.append(wording.carried_along(most))
        details["carried_by"] = most.suspicion
    return replace(background, statement=" ".join(words), details=details)


def _without_classes(found: list[Finding], flags: Collection[str]) -> list[Finding]:
    """Classes of a general cue that is confirmed for all of them become numbers of that finding.

    They stay where the cue matters in some classes and certainly not in others.
    """
    general = {one.flag for one in found if _general(one, flags)}
    per_class = [one for one in found if one.flag in general and one.label and not one.suspicion]
    spared = {one.flag for one in per_class if one.details.get("cleared")}
    folded_in = [one for one in per_class if one.level < USES or one.flag not in spared]
    kept = [one for one in found if not any(one is other for other in folded_in)]
    return [_with_classes(one, per_class) if _general(one, flags) else one for one in kept]


def _with_classes(finding: Finding, per_class: Sequence[Finding]) -> Finding:
    own = [one for one in per_class if one.flag == finding.flag and one.evidence]
    shares = {str(one.label): [one.effect, *one.interval, one.n] for one in own}
    return replace(finding, details={**finding.details, "by_class": shares}) if shares else finding


def _order(finding: Finding) -> tuple[int, bool, float]:
    """Strongest first; a background after the mark that it carries, even where it is said to hurt."""
    size = abs(finding.effect) if finding.effect == finding.effect else 0.0
    carried = "carried_by" in finding.details
    return -min(finding.level, USES) if carried else -finding.level, carried, -size
