"""edit RUN SAMPLE: every edit of one picture with its control, and what the model says of them."""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.checks.one_pass import OnePass
from gradcam_core.checks.scenes import CHECKS, Scenes
from gradcam_core.checks.single import SingleEdit, edit_one, write_edits
from gradcam_core.images import encode_png
from gradcam_core.investigate import open_model
from gradcam_core.neighbourhood import known_row, scenes_around, shares
from gradcam_core.progress import FileProgress, Progress, silent
from gradcam_core.reopened import network_inputs
from gradcam_core.store import Run, open_run, write_json
from gradcam_core.suspicions import read_suspicions

RESULT, ORIGINAL = "result.json", "original.png"
STEPS = ("reading pictures", "opening the model", "editing")


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("edit", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument("sample", metavar="SAMPLE", help="id of a sample of this run")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where pictures are written")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of donors")
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")
    parser.add_argument("--trust-code", action="store_true", help="open a model file that holds code")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    report = FileProgress(args.progress) if args.progress else silent
    result = edit_sample(
        open_run(args.path), args.sample, args.out, args.seed, trust_code=args.trust_code, progress=report
    )
    print(json.dumps(result) if args.json else text(result))
    return 0


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


def described(scenes: Scenes, row: int, edited: list[SingleEdit], out: Path) -> dict[str, Any]:
    """Write the pictures; the result without what the model says of the original."""
    rows = write_edits(scenes, edited, out)
    (out / ORIGINAL).write_bytes(encode_png(np.asarray(scenes.pictures[row])))
    for record, one in zip(rows, edited, strict=True):
        check = CHECKS[one.edit.edit]
        logits = scenes.read(one.logits[None], np.array([row]))[0]
        record |= _said(scenes, logits)
        record |= {"title": check.title, "help": check.help, "decisive": check.decisive}
    finite = [{k: _finite(v) for k, v in record.items()} for record in rows]
    return {
        "sample_id": scenes.ids[row],
        "classes": list(scenes.class_names),
        "threshold": scenes.threshold,
        "size": list(scenes.size),
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


def text(result: dict[str, Any]) -> str:
    """One line per picture: which edit, which arm, what the prediction or the output became."""
    return "\n".join(
        f"{row['title']} ({row['filler']}, {row['arm']}): {_change(row)}  {row['picture']}"
        for row in result["edits"]
    )


def _change(row: dict[str, Any]) -> str:
    before, after = row["margin_before"], row["margin_after"]
    if row["predicted_before"] is None:
        return f"output {before:.4g} -> {after:.4g}, moved by {after - before:+.4g}"
    if "score" in row:
        return f"{row['predicted_before']} -> {row['predicted_after']}, anomaly score {row['score']:.4g}"
    return f"{row['predicted_before']} {before:+.2f} -> {row['predicted_after']} {after:+.2f}"
