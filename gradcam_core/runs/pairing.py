"""Rows of the edit table -> both arms side by side, one row per sample."""

import numpy as np
import pandas as pd

from gradcam_core.base.types import Doubles

SEEN = 0.5  # of the edits of one sample and arm: from here on the outcome has happened
PASTED = ("patch-insertion", "part-insertion")  # edits that are to bring a class about
MANY_UNUSUAL = 0.5  # more than this share left out: then the guard itself cannot be believed


def pair(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per sample that has both arms: ``edit`` and ``control`` (bool), ``unit``; index sample id.

    The outcome of an arm is "changed to the target" for patches that are pasted in, "output moved"
    where there are no classes, else "prediction changed".
    """
    places, names = pd.factorize(rows["sample_id"], sort=True)
    n, arm, outcome = len(names), rows["arm"].to_numpy(), _outcome(rows)
    rates = {}
    for name in ("edit", "control"):
        own = places[arm == name]
        counts = np.bincount(own, minlength=n)
        hits = np.bincount(own, weights=outcome[arm == name], minlength=n)
        rates[name] = np.divide(hits, counts, out=np.full(n, np.nan), where=counts > 0)
    units = np.asarray(names, dtype=object)
    if "unit" in rows:
        units[places] = rows["unit"].to_numpy(dtype=object)
    both = np.isfinite(rates["edit"]) & np.isfinite(rates["control"])
    shown = {name: rate[both] >= SEEN for name, rate in rates.items()}
    return pd.DataFrame({**shown, "unit": units[both]}, index=pd.Index(names[both], name="sample_id"))


def usual(part: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Without pairs of which one picture lies too far from real ones, and how many those are.

    A filler of which most pairs are unusual keeps them all: there the guard says nothing.
    """
    if not part["unusual"].any():
        return part, 0
    strange = part.groupby(["sample_id", "filler"])["unusual"].transform("any").astype(bool)
    believed = strange.groupby(part["filler"]).transform("mean") <= MANY_UNUSUAL
    left_out = strange & believed
    return part[~left_out], int(part[left_out].drop_duplicates(["sample_id", "filler"]).shape[0])


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
    return "to target" if rows["edit"].isin(PASTED).all() else "flip"


def _outcome(rows: pd.DataFrame) -> Doubles:
    changed = rows["flipped"].astype(bool)
    if outcome_name(rows) == "to target":
        changed &= rows["predicted_after"] == rows["target"]
    return np.asarray(changed, dtype=np.float64)
