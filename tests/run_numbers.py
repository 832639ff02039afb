"""A synthetic run of a regression: the run factory's pictures and maps, numbers in place of classes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.run_factory import Recipe, make_run

TOLERANCE = 1.0


def columns(table: pd.DataFrame) -> pd.DataFrame:
    """Targets 0, 1, 2, … (one per three samples 10); errors -1.5, 0.25 and 0.75 in turns."""
    n = np.arange(len(table))
    unlabelled, unreadable = table["label"].isna(), table["status"] == "unreadable"
    target = pd.Series(np.where(n % 3 == 2, 10.0, n / len(table) * 6)).mask(unlabelled)
    errors = np.array([-1.5, 0.25, 0.75])[n % 3]
    output = (pd.Series(np.where(n % 3 == 2, 10.0, n / len(table) * 6)) + errors).mask(unreadable)
    error = output - target
    right = (error.abs() <= TOLERANCE).astype("boolean").mask(error.isna())
    bands = pd.Series(np.where(target < 3, "low, below 3", "high, from 3")).where(~unlabelled, None)
    outcome = np.select(
        [unreadable, unlabelled, right.fillna(False)], ["unreadable", "unlabelled", "correct"], "incorrect"
    )
    return table.assign(
        label=bands, predicted=np.where(unreadable, None, "output"),
        explained=np.where(unreadable, None, "output"), confidence=np.nan, margin=np.nan,
        correct=right.astype(object).where(right.notna(), None), outcome=outcome,
        target=target, output=output, error=error, absolute_error=error.abs(),
    )  # fmt: skip


def make_number_run(home: Path, **recipe: Any) -> Path:
    """As ``make_run``, for one linear output with a tolerance of 1."""
    folder = make_run(home, Recipe(name="numbers", finish=columns, **recipe))
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["project"] |= {
        "task": "regression", "class_names": [], "thresholds": {"tolerance": TOLERANCE}
    }  # fmt: skip
    manifest["model"] |= {"outputs": 1, "activation": "linear"}
    file.write_text(json.dumps(manifest), encoding="utf-8")
    outputs = pd.read_parquet(folder / "samples.parquet")["output"].to_numpy(np.float32)
    np.save(folder / "logits.npy", outputs[:, None])
    return folder
