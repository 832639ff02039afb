"""What a run cannot say: maps whose grid is too coarse for a score to mean much, samples left out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gradcam_core.base.types import MapSet, column

COARSE = 5  # cells per side; below it a clean model scores like one that looks away


def grid_of(manifest: Mapping[str, Any], map_set: MapSet) -> tuple[int, int]:
    """(rows, columns) of a map set."""
    height, width = manifest["maps"][map_set]["grid"]
    return int(height), int(width)


def grid_warning(manifest: Mapping[str, Any], map_set: MapSet = "classic") -> str | None:
    """A sentence where the maps of ``map_set`` have fewer than 5 cells along a side, else None.

    It names the other map set where that one is fine enough.
    """
    height, width = grid_of(manifest, map_set)
    if min(height, width) >= COARSE:
        return None
    said = f"Grid too coarse ({height}×{width}): background focus is descriptive only."
    others: list[MapSet] = [name for name in ("classic", "fine") if name != map_set]
    for other in others:
        if other in manifest["maps"] and min(grid_of(manifest, other)) >= COARSE:
            rows, columns = grid_of(manifest, other)
            return f"{said} Read the {other} maps ({rows}×{columns}) instead."
    if len(manifest["maps"]) > 1:
        return f"{said} The other map set is no finer than 5×5 either."
    return f"{said} This model has no finer map stored."


def skipped(table: pd.DataFrame, map_set: MapSet = "classic") -> pd.DataFrame:
    """Rows without a usable map of ``map_set``: ``sample_id, path, label, status, reason``.

    Those that could not be read come first, then by status and id.
    """
    rows = table[["sample_id", "path", "label", "reason"]].copy()
    rows.insert(3, "status", table[column(map_set, "status")])
    rows = rows[rows["status"] != "ok"]
    last = rows["status"] != "unreadable"
    return rows.assign(_last=last).sort_values(["_last", "status", "sample_id"]).drop(columns="_last")
