"""What an edit of the background still does with confirmed marks left as they were, in both arms.

A mark can decide an answer so firmly that no background flips it, although both count. So what is compared
is how far the edit moves the log-odds of the answer, less its control: with the marks held fixed, as a
share of what the whole edit does, over the share of the pixels that then still change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.findings import statistics
from gradcam_core.findings.conclude.rates import evidence_of
from gradcam_core.runs.findings import EditEvidence, Finding, Interval
from gradcam_core.runs.pairing import outcome_name, usual

OWN, AT_LEAST = 0.25, 0.1  # a quarter of what its pixels would do, its interval above a tenth
LITTLE = 0.2  # of the pixels: where fewer still change nothing can be said


@dataclass(frozen=True)
class OwnEffect:
    """What is left of one filler of an edit.

    Attributes:
        share, interval: of the log-odds (without classes: of the output) that the whole edit moves.
        room: share of the pixels that still change.
        plain, held: rates of the whole edit, and with the marks as they were.
    """

    share: float
    interval: Interval
    room: float
    plain: EditEvidence
    held: EditEvidence

    @property
    def stands(self) -> bool:
        """A cause of its own, or too few patients or scenes to say that it is none."""
        low = self.interval[0]
        return not np.isfinite(low) or (self.share >= OWN * self.room and low >= AT_LEAST * self.room)


def own_effect(
    ground: Finding, edits: pd.DataFrame, held: pd.DataFrame, room: Mapping[str, float]
) -> OwnEffect | None:
    """The filler of which least is left; None where no edit could be made again, or none moved anything.

    Args:
        ground: a finding with evidence.
        edits: the edit table it rests on.
        held: the same edits with marks held fixed, same columns.
        room: filler -> share of the pixels that still change; below a fifth it is left out.
    """
    each = (
        _of(one, ground.label, edits, held, room[one.filler])
        for one in ground.evidence
        if room.get(one.filler, 0) >= LITTLE
    )
    return min((one for one in each if one), key=lambda one: one.share, default=None)


def _of(
    plain: EditEvidence, label: str | None, edits: pd.DataFrame, held: pd.DataFrame, room: float
) -> OwnEffect | None:
    before, after = (_rows(table, plain, label) for table in (edits, held))
    rates = evidence_of(after, plain.half) if len(after) else None
    moved = pd.concat({"plain": _moves(usual(before)[0]), "held": _moves(after)}, axis=1, join="inner")
    moved = moved.replace([np.inf, -np.inf], np.nan).dropna()
    total = float(moved["plain"].sum())
    if rates is None or total <= 0:
        return None
    units = after.drop_duplicates("sample_id").set_index("sample_id")["unit"].reindex(moved.index)
    interval = statistics.resampled_ratio(moved["held"], moved["plain"], units, seed=0)
    return OwnEffect(float(moved["held"].sum()) / total, interval, room, plain, rates)


def _rows(table: pd.DataFrame, one: EditEvidence, label: str | None) -> pd.DataFrame:
    kept = (table["edit"] == one.edit) & (table["filler"] == one.filler)
    kept &= (table["half"] == one.half) | (one.half == "all")
    return table[kept] if label is None else table[kept & (table["label"] == label)]


def _moves(rows: pd.DataFrame) -> "pd.Series[float]":
    """Sample id -> how far the edit lowers the log-odds of the answer, less its control.

    Without classes how far it moves the output, either way.
    """
    change = rows["margin_before"] - rows["margin_after"]
    change = change.abs() if outcome_name(rows) == "moved" else change
    wide = change.groupby([rows["sample_id"], rows["arm"]]).mean().unstack("arm")
    wide = wide.reindex(columns=["edit", "control"])
    return wide["edit"] - wide["control"]
