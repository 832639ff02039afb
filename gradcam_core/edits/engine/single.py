"""The edits of one picture, for a person to look at.

The result is the same as that sample's rows in the table of a whole run: seeds depend on the check and
the sample alone, and donors come from the same test set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Floats, Picture
from gradcam_core.edits import CHECKS, Edit
from gradcam_core.edits.engine.run import BATCH, PlannedCheck
from gradcam_core.edits.engine.scenes import Predict, Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.edits.engine.table import Table


@dataclass(frozen=True)
class SingleEdit:
    """One edited picture and what the model says of it."""

    edit: Edit
    logits: Floats

    @property
    def picture(self) -> Picture:
        """(H, W, 3) uint8 at network size."""
        return self.edit.picture


def edit_one(
    scenes: Scenes,
    row: int,
    predict: Predict,
    suspicions: Sequence[Suspicion] = (),
    *,
    seed: int = 0,
    only: Sequence[str] | None = None,
) -> list[SingleEdit]:
    """Every edit that applies to sample ``row``, both arms, with the logits after it."""
    stage = Stage(scenes, suspicions)
    edits: list[Edit] = []
    for name in CHECKS if only is None else only:
        check = CHECKS[name]
        wanted = [s for s in suspicions if s.flag in check.flags] if check.flags else [None]
        for suspicion in wanted:
            if row in check.eligible(stage, suspicion):
                edits += PlannedCheck(name, suspicion, row).edits(stage, seed)
    edited: list[SingleEdit] = []
    for start in range(0, len(edits), BATCH):
        batch = edits[start : start + BATCH]
        logits = predict(np.stack([edit.picture for edit in batch]))
        edited += map(SingleEdit, batch, logits)
    return edited


def write_edits(scenes: Scenes, edited: Sequence[SingleEdit], folder: Path) -> list[dict[str, Any]]:
    """Write each edited picture as PNG into ``folder``; return one JSON-able row per edit.

    A row has the columns of ``edits.parquet`` (``unusual`` left out) and ``picture``, the file's name. For
    a process without the model: it starts one that calls this, and reads the rows and the pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(scenes)
    logits = np.stack([one.logits for one in edited]) if edited else np.empty((0, 1), dtype=np.float32)
    table.add([one.edit for one in edited], logits)
    rows = table.frame().drop(columns="unusual").astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    for number, (record, one) in enumerate(zip(records, edited, strict=True)):
        name = f"{number:02d}-{one.edit.edit}-{one.edit.filler.replace(':', '-')}-{one.edit.arm}.png"
        picture = scenes.shown(scenes.row_of[str(record["sample_id"])], one.picture)
        cv2.imwrite(str(folder / name), np.ascontiguousarray(picture[..., ::-1]))
        record["picture"] = name
    return [{str(key): value for key, value in record.items()} for record in records]
