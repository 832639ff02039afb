"""Samples that the audit could not use, with the reason."""

import pandas as pd

from gradcam_core.summary.focus import prefix
from gradcam_core.types import MapSet


def skipped(table: pd.DataFrame, map_set: MapSet = "classic") -> pd.DataFrame:
    """Rows without a usable map of ``map_set``: ``sample_id, path, label, status, reason``.

    Those that could not be read come first, then by status and id.
    """
    rows = table[["sample_id", "path", "label", "reason"]].copy()
    rows.insert(3, "status", table[f"{prefix(map_set)}status"])
    rows = rows[rows["status"] != "ok"]
    last = rows["status"] != "unreadable"
    return rows.assign(_last=last).sort_values(["_last", "status", "sample_id"]).drop(columns="_last")
