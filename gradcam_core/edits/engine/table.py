"""The rows of ``edits.parquet``: what the model said before and after each edit, a batch at a time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.logits import as_classes, margins
from gradcam_core.base.types import Doubles, Floats
from gradcam_core.edits import Edit
from gradcam_core.edits.engine.guard import unusual
from gradcam_core.edits.engine.scenes import Rows, Scenes

COLUMNS = (
    "sample_id", "label", "edit", "suspicion", "filler", "arm", "half", "unit", "donor_id", "donor_label",
    "target", "predicted_before", "predicted_after", "margin_before", "margin_after",
    "target_before", "target_after", "flipped", "unusual",
)  # fmt: skip
NUMBERS = ("margin_before", "margin_after", "target_before", "target_after")
Columns = dict[str, Any]


def _goals(batch: Sequence[Edit]) -> Rows:
    """(M,) the class that each edit is to bring about; -1 without."""
    return np.asarray([-1 if edit.target is None else edit.target for edit in batch], dtype=np.intp)


class Table:
    """Grows by one batch of edits at a time."""

    def __init__(self, scenes: Scenes, tolerance: float | None = None) -> None:
        self._scenes = scenes
        given = scenes.tolerance if tolerance is None else tolerance
        self._tolerance = 0.5 * float(scenes.logits[:, 0].std()) if given is None else given
        self._columns: dict[str, list[Any]] = {name: [] for name in COLUMNS if name != "unusual"}
        self._distances: list[float] = []

    def add(self, batch: Sequence[Edit], logits: Floats, distances: Doubles | None = None) -> None:
        """One batch: the edits, the model's outputs after them, how far they lie from real pictures."""
        if not batch:
            return
        self._distances.extend(np.zeros(len(batch)) if distances is None else distances)
        rows = np.asarray([edit.row for edit in batch], dtype=np.intp)
        change = self._moved if self._scenes.regression else self._shift
        columns = {**self._who(batch), **change(rows, _goals(batch), logits)}
        for name, values in columns.items():
            self._columns[name].extend(values)

    def frame(self) -> pd.DataFrame:
        """Every row so far; no rows where nothing was added."""
        table = pd.DataFrame(self._columns).astype({"flipped": bool} | dict.fromkeys(NUMBERS, float))
        return table.assign(unusual=unusual(np.asarray(self._distances, dtype=np.float64), table))

    def _who(self, batch: Sequence[Edit]) -> Columns:
        scenes = self._scenes
        donors = [edit.donor for edit in batch]
        return {
            "sample_id": [scenes.ids[edit.row] for edit in batch],
            "label": [scenes.class_name(int(scenes.labels[edit.row])) for edit in batch],
            **{name: [getattr(e, name) for e in batch] for name in ("edit", "suspicion", "filler", "arm")},
            "half": [scenes.half(edit.row) for edit in batch],
            "unit": [scenes.unit(edit.row) for edit in batch],
            "donor_id": [None if d is None else scenes.ids[d] for d in donors],
            "donor_label": [
                None if d is None else scenes.class_name(int(scenes.labels[d])) for d in donors
            ],
            "target": [scenes.class_name(edit.target) for edit in batch],
        }

    def _shift(self, rows: Rows, goal: Rows, outputs: Floats) -> Columns:
        """Classes: which one leads, and by how much."""
        scenes = self._scenes
        before = scenes.before(rows, goal)
        after = as_classes(scenes.read(outputs, rows, goal), scenes.activation)
        was, now = before.argmax(axis=1), after.argmax(axis=1)
        return {
            "predicted_before": [scenes.class_name(int(index)) for index in was],
            "predicted_after": [scenes.class_name(int(index)) for index in now],
            "margin_before": margins(before, was),
            "margin_after": margins(after, was),
            "target_before": margins(before, goal),
            "target_after": margins(after, goal),
            "flipped": was != now,
        }

    def _moved(self, rows: Rows, goal: Rows, outputs: Floats) -> Columns:
        """An output without classes: its value, and whether it moved by more than the tolerance."""
        before, now = (part[:, 0].astype(np.float64) for part in (self._scenes.logits[rows], outputs))
        nobody, nothing = [None] * len(rows), [np.nan] * len(rows)
        return {
            "predicted_before": nobody,
            "predicted_after": nobody,
            "margin_before": before,
            "margin_after": now,
            "target_before": nothing,
            "target_after": nothing,
            "flipped": np.abs(now - before) > self._tolerance,
        }
