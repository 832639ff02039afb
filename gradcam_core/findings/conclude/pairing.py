"""Rows of the edit table -> both arms side by side, one row per sample."""

import numpy as np
import pandas as pd

from gradcam_core.base.types import Doubles


def pair(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per sample that has both arms: ``edit`` and ``control`` (bool), ``unit``; index sample id.

    The outcome of an arm is "changed to the target" for patches that are pasted in, "output moved"
    where there are no classes, else "prediction changed".
    """
    wide = (
        rows.assign(outcome=_outcome(rows))
        .groupby(["sample_id", "arm"])["outcome"]
        .mean()
        .unstack("arm")
        .reindex(columns=["edit", "control"])
        .dropna()
    )
    units = rows.drop_duplicates("sample_id").set_index("sample_id").get("unit", wide.index.to_series())
    return wide.ge(0.5).assign(unit=units.reindex(wide.index))


def shifts(rows: pd.DataFrame) -> tuple[float, float]:
    """Median over samples of how far edit and control move the answer's number, either way.

    In its own unit: the output, the anomaly score, or log-odds of the predicted class. NaN where unknown.
    """
    change = (rows["margin_after"] - rows["margin_before"]).abs()
    by_arm = change.groupby(rows["arm"]).median()
    return float(by_arm.get("edit", np.nan)), float(by_arm.get("control", np.nan))


def outcome_name(rows: pd.DataFrame) -> str:
    """What counts for these rows: "flip", "to target" for inserted patches, "moved" without classes."""
    if rows["predicted_before"].isna().all():
        return "moved"
    return "to target" if (rows["edit"] == "patch-insertion").all() else "flip"


def _outcome(rows: pd.DataFrame) -> Doubles:
    changed = rows["flipped"].astype(bool)
    if outcome_name(rows) == "to target":
        changed &= rows["predicted_after"] == rows["target"]
    return np.asarray(changed, dtype=np.float64)
