"""Findings that rest on boxes say how much they depend on where the box ends."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import pandas as pd

from gradcam_core.edits.engine.box_margin import applies, box_margins, said
from gradcam_core.edits.engine.scenes import Predict, Scenes
from gradcam_core.runs.findings import USES, Finding


def with_margins(
    found: Sequence[Finding],
    scenes: Scenes,
    edits: pd.DataFrame,
    predict: Predict,
    *,
    budget: int,
    seed: int,
) -> list[Finding]:
    """Confirmed findings of region edits on boxes, with ``details["box_margin"]`` and a sentence more.

    Args:
        found, edits: of one run; all other findings stay as they are.
        scenes, predict, budget, seed: what the edits were made with.
    """
    return [
        _tested(entry, scenes, edits, predict, budget, seed)
        if entry.level >= USES and applies(scenes, str(entry.details.get("edit", "")))
        else entry
        for entry in found
    ]


def _tested(
    entry: Finding, scenes: Scenes, edits: pd.DataFrame, predict: Predict, budget: int, seed: int
) -> Finding:
    edit = str(entry.details["edit"])
    own = [one for one in entry.evidence if one.edit == edit]
    filler = min(own, key=lambda one: abs(one.difference - entry.effect)).filler
    margins = box_margins(scenes, predict, edits, edit, filler, label=entry.label, budget=budget, seed=seed)
    if not margins:
        return entry
    details = {**entry.details, "box_margin": [asdict(one) for one in margins]}
    return replace(entry, details=details, statement=f"{entry.statement} {said(margins)}")
