"""Boxes hold background too: how much do the region edits depend on where the box ends?

Each region edit is made once more with every box smaller and once with every box larger, on the same
samples and with the same donors; only the box differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Predict, Scenes

MARGINS = (-0.15, 0.15)  # of the sides
FEW = 100  # samples per margin
MUCH = 0.10  # a difference by which the size of the boxes matters


@dataclass(frozen=True)
class Margin:
    """Edit minus control, share of predictions moved, with boxes grown by ``margin`` of their sides."""

    margin: float
    difference: float
    n: int


def applies(scenes: Scenes, edit: str) -> bool:
    """The edit works with regions and most of the regions are boxes."""
    known = [source for source in scenes.region_source if source != "none"]
    boxes = known.count("box")
    return edit in CHECKS and CHECKS[edit].needs_region and 2 * boxes > len(known)


def box_margins(  # noqa: PLR0913 - what was edited, and on what
    scenes: Scenes,
    predict: Predict,
    edits: pd.DataFrame,
    edit: str,
    filler: str,
    *,
    label: str | None = None,
    budget: int = FEW,
    seed: int = 0,
    tolerance: float | None = None,
) -> list[Margin]:
    """The difference between both arms with smaller boxes, boxes as they are, and larger ones.

    Args:
        scenes, predict, seed, tolerance: as for :func:`run_checks`.
        edits: the run's edit table, for the boxes as they are.
        edit, filler: which numbers; ``label``: of one class only.
        budget: samples per margin.

    Returns:
        In the order of the margins, all on the same samples; empty where no sample has all of them.
    """
    tables = {0.0: edits}
    for margin in MARGINS:
        tables[margin] = run_checks(
            scenes,
            predict,
            embed=None,
            suspicions=[],
            budget=min(budget, FEW),
            seed=seed,
            only=[edit],
            box_margin=margin,
            tolerance=tolerance,
        )
    moved = {margin: _balance(table, edit, filler, label) for margin, table in tables.items()}
    together = pd.concat(moved, axis=1).dropna()
    means = together.mean()
    return [Margin(m, float(means[m]), len(together)) for m in sorted(tables) if len(together)]


def _balance(table: pd.DataFrame, edit: str, filler: str, label: str | None) -> "pd.Series[float]":
    """Sample id -> 1 where only the edit moved the prediction, -1 where only its control did, else 0."""
    rows = table[(table["edit"] == edit) & (table["filler"] == filler)]
    rows = rows if label is None else rows[rows["label"] == label]
    moved = rows.assign(flipped=rows["flipped"].astype(np.float64))
    wide = moved.pivot_table(index="sample_id", columns="arm", values="flipped").reindex(
        columns=["edit", "control"]
    )
    return wide["edit"] - wide["control"]


def said(margins: Sequence[Margin]) -> str:
    """'With boxes 15 % smaller the difference is +40 points, ...'; empty without margins."""
    if not margins:
        return ""
    parts = [
        f"{100 * one.difference:+.0f} points with boxes {100 * abs(one.margin):.0f} % "
        f"{'smaller' if one.margin < 0 else 'larger'}"
        if one.margin
        else f"{100 * one.difference:+.0f} as they are"
        for one in margins
    ]
    values = [one.difference for one in margins]
    much = max(values) - min(values) >= MUCH
    verdict = "the size of the boxes matters" if much else "the size of the boxes hardly matters"
    return (
        f"Regions are boxes, which hold background too: {', '.join(parts)} (n = {margins[0].n}); {verdict}."
    )
