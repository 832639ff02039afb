"""Edit one sample of a run and say what the model says, for a person to look at."""

from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import write_json
from gradcam_core.base.logits import probabilities
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Floats
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.one_pass import OnePass
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.single import SingleEdit, edit_one, write_edits
from gradcam_core.findings.donors import scenes_around
from gradcam_core.findings.investigate import open_model
from gradcam_core.images import encode_png
from gradcam_core.runs.project import network_inputs
from gradcam_core.runs.store import Run
from gradcam_core.runs.suspicions import read_suspicions

RESULT, ORIGINAL = "result.json", "original.png"
STEPS = ("reading pictures", "opening the model", "editing")


def edit_sample(
    run: Run,
    sample_id: str,
    out: Path,
    seed: int = 0,
    *,
    trust_code: bool = False,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Edit one sample, write the pictures and ``result.json`` (last) into ``out`` and return the result.

    Raises:
        RunError, SampleError: no such sample, or its picture is gone.
        ModelError: the model cannot be opened.
    """
    known_row(run, sample_id)
    progress(STEPS[0], 0, len(STEPS))
    suspicions = read_suspicions(run.path)
    scenes, row = scenes_around(run, sample_id, suspicions, seed)
    progress(STEPS[1], 1, len(STEPS))
    model = OnePass(open_model(run, trust_code), network_inputs(run))
    progress(STEPS[2], 2, len(STEPS))
    edited = edit_one(scenes, row, model.predict, suspicions, seed=seed)
    seen = model.predict(np.asarray(scenes.pictures[row])[None])
    before = scenes.read(seen, np.array([row]))[0]
    result = described(scenes, row, edited, out)
    result |= {"seed": seed, "before": _said(scenes, before)}
    write_json(out / RESULT, result)
    progress(STEPS[2], len(STEPS), len(STEPS))
    return result


def known_row(run: Run, sample_id: str) -> None:
    """Raise unless the run predicted this sample.

    Raises:
        RunError: it could not be read when the run was made.
    """
    row = run.table[run.table["sample_id"] == sample_id]
    if len(row) and row["status"].iloc[0] == "unreadable":
        raise RunError("a sample that the model has seen", str(row["reason"].iloc[0]), "choose another one")


def described(scenes: Scenes, row: int, edited: list[SingleEdit], out: Path) -> dict[str, Any]:
    """Write the pictures; the result without what the model says of the original."""
    rows = write_edits(scenes, edited, out)
    original = scenes.shown(row, np.asarray(scenes.pictures[row]))
    (out / ORIGINAL).write_bytes(encode_png(original))
    for record, one in zip(rows, edited, strict=True):
        check = CHECKS[one.edit.edit]
        goal = np.array([-1 if one.edit.target is None else one.edit.target])
        logits = scenes.read(one.logits[None], np.array([row]), goal)[0]
        record |= _said(scenes, logits)
        record |= {"title": check.title, "help": check.help, "decisive": check.decisive}
    finite = [{k: _finite(v) for k, v in record.items()} for record in rows]
    return {
        "sample_id": scenes.ids[row],
        "classes": list(scenes.class_names),
        "threshold": scenes.threshold,
        "size": list(original.shape[:2]),
        "donors": len(scenes.ids) - 1,
        "estimated": scenes.region_source[row] == "estimated",
        "region": bool(np.isfinite(scenes.cover[row]).all()),
        "original": ORIGINAL,
        "edits": finite,
    }


def _said(scenes: Scenes, logits: Any) -> dict[str, Any]:
    """Logits, probabilities where the output has any, and an anomaly score where that is the answer."""
    said = {"shares": None, "logits": [float(value) for value in logits]}
    if scenes.threshold is None:
        return said | {"shares": shares(logits, scenes.activation)}
    return said | {"score": scenes.threshold + float(logits[0])}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value


def shares(logits: Floats, activation: str) -> list[float] | None:
    """Probability per class of one sample, (K,) logits in; None for an output without probabilities.

    One sigmoid unit has two classes; several give each class its own probability.
    """
    if activation == "linear":
        return None
    return [float(value) for value in probabilities(logits[None], activation)[0]]
