"""Samples whose cue contradicts their label: where the model cannot be right by the cue. Pure."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.runs.compare.answers import Mask
from gradcam_core.runs.findings import CUES

PLACED = ("fixed-marker", "roaming-marker", "border", "watermark")


def by_background(table: pd.DataFrame, clusters: pd.DataFrame | None) -> dict[str, Mask]:
    """Samples whose background alone says another class than the label, (M,) of a run's table.

    What it says is ``background_says`` of ``clusters.parquet``, by a classifier of the background alone;
    nothing where that is not known of any sample.
    """
    if clusters is None or not {"sample_id", "background_says"} <= set(clusters.columns):
        return {}
    said = clusters.drop_duplicates("sample_id").set_index("sample_id")["background_says"].astype(object)
    says = said.reindex(table["sample_id"].astype(str))
    known = says.notna().to_numpy() & table["label"].notna().to_numpy()
    against = known & (says.to_numpy() != table["label"].astype(object).to_numpy())
    return {f"{CUES['background']} contradicts the label": against} if known.any() else {}


def by_suspicions(
    table: pd.DataFrame, suspicions: Sequence[Suspicion], told: Collection[str]
) -> dict[str, Mask]:
    """For each suspicion of a mark whose id is in ``told``: who shows it without being of its class, and
    who is of its class without it, (M,) of a run's table."""
    found: dict[str, Mask] = {}
    ids, labels = table["sample_id"].astype(str), table["label"].astype(object)
    for one in suspicions:
        if one.flag not in PLACED or one.label is None or one.id not in told:
            continue
        shows, own = ids.isin(one.samples).to_numpy(), (labels == one.label).to_numpy(dtype=bool)
        name = f"{CUES[one.flag]} for “{one.label}” contradicts the label"
        found[name] = found.get(name, np.zeros(len(table), bool)) | (
            labels.notna().to_numpy() & (shows != own)
        )
    return found
