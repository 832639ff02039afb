"""One sample of a run and enough others to lend it backgrounds and looks: what editing it alone needs.

Reading a whole test set to edit one picture would take minutes; a bounded set, spread over classes and
predictions, takes seconds. Donors therefore differ from those of a whole run.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, softmax

from gradcam_core.base.errors import RunError, SampleError
from gradcam_core.base.files import write_json
from gradcam_core.base.hashing import stable_hash
from gradcam_core.base.logits import class_logits
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Floats, Picture, Suspicion
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.one_pass import OnePass
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.single import SingleEdit, edit_one, write_edits
from gradcam_core.findings.investigate import open_model
from gradcam_core.findings.material import COVER_GRID
from gradcam_core.findings.scenes import network_cover
from gradcam_core.images import encode_png, load_batch
from gradcam_core.images.regions.estimate import estimate_cover
from gradcam_core.runs.project import (
    cells_of,
    input_spec,
    network_inputs,
    threshold_of,
    tolerance_of,
    turns_of,
)
from gradcam_core.runs.store import Run
from gradcam_core.runs.suspicions import read_suspicions

MOST = 96  # pictures that are read besides the sample itself
CARRIERS = 16  # of them, per suspicion: samples that show it


def scenes_around(
    run: Run, sample_id: str, suspicions: Sequence[Suspicion] = (), seed: int = 0
) -> tuple[Scenes, int]:
    """Scenes of the sample and its donors, and the sample's row in them.

    Raises:
        SampleError: the run has no such sample, or its picture cannot be read (any more).
    """
    table = run.table
    found = np.flatnonzero((table["sample_id"] == sample_id).to_numpy(dtype=bool))
    if not len(found):
        raise SampleError("the id of a sample of this run", sample_id, "choose one of its samples")
    rows = chosen_rows(table, int(found[0]), suspicions, seed)
    root, spec = Path(run.manifest["project"]["root"]), input_spec(run)
    batch = load_batch(
        [root / path for path in table["path"].iloc[rows]], spec, threads=os.cpu_count() or 1
    )
    if (reason := batch.reasons[0]) is not None:
        raise SampleError(
            f"the picture {table['path'].iloc[rows[0]]} below {root}", reason, "put it back, or audit again"
        )
    read = np.array([why is None for why in batch.reasons], dtype=bool)
    return _scenes(run, rows[read], batch.pictures[read]), 0


def chosen_rows(
    table: pd.DataFrame, row: int, suspicions: Sequence[Suspicion], seed: int
) -> NDArray[np.intp]:
    """``row`` first, then carriers of each suspicion, then samples in turns over label and prediction."""
    readable = (table["status"] != "unreadable").to_numpy(dtype=bool)
    ids = table["sample_id"].astype(str).to_numpy()
    rows = [int(r) for r in np.flatnonzero(readable)]
    order = sorted(rows, key=lambda r: stable_hash(seed, "donor", ids[r]))
    kept = [row]
    for suspicion in suspicions:
        shows = set(suspicion.boxes or suspicion.samples)
        kept += [r for r in order if ids[r] in shows][:CARRIERS]
    groups = table.groupby(["label", "predicted"], dropna=False, observed=True).ngroup().to_numpy()
    turns = pd.Series(groups[order]).groupby(groups[order]).cumcount().to_numpy()
    kept += [order[place] for place in np.argsort(turns, kind="stable")[:MOST]]
    if "picture" in table:
        kept += _on_the_same(table["picture"].to_numpy(dtype=object), kept)
    return np.asarray(list(dict.fromkeys(kept)), dtype=np.intp)


def _on_the_same(pictures: NDArray[np.object_], rows: Sequence[int]) -> list[int]:
    """Every row of the pictures that ``rows`` are on: an edit spares all objects of a picture."""
    known = set(pictures[list(rows)])
    return [row for row, picture in enumerate(pictures) if picture in known]


def _scenes(run: Run, rows: NDArray[np.intp], pictures: Picture) -> Scenes:
    table = run.table.iloc[rows]
    names = tuple(str(name) for name in run.manifest["project"]["class_names"])
    whole = run.array("cover.npy")
    cover: NDArray[np.floating] = network_cover(run, rows, np.asarray(whole[rows], dtype=np.float32))
    sources = tuple(table["region_source"].astype(str))
    if not np.isfinite(whole).any():
        cover, sources = _estimated(pictures)
    outputs, activation = (
        np.asarray(run.array("logits.npy")[rows], np.float32),
        run.manifest["model"]["activation"],
    )
    cells = cells_of(run, table)
    return Scenes(
        ids=tuple(table["sample_id"].astype(str)),
        pictures=pictures,
        cover=cover,
        region_source=sources,
        labels=np.array([names.index(n) if n in names else -1 for n in table["label"].map(str)], np.intp),
        class_names=names,
        logits=outputs if cells is None else class_logits(outputs, cells, activation),
        activation=activation,
        cells=cells,
        turns=turns_of(table),
        tolerance=tolerance_of(run),
        threshold=threshold_of(run),
    )


def _estimated(pictures: Picture) -> tuple[Floats, tuple[str, ...]]:
    """Regions guessed from the pictures, as for a whole run without any; NaN where unreliable."""
    cover = np.full((len(pictures), COVER_GRID, COVER_GRID), np.nan, np.float32)
    sources = ["none"] * len(pictures)
    for row, picture in enumerate(pictures):
        estimate = estimate_cover(np.asarray(picture), COVER_GRID)
        if estimate.reliable:
            cover[row], sources[row] = estimate.cover, "estimated"
    return cover, tuple(sources)


def shares(logits: Floats, activation: str) -> list[float] | None:
    """Probability per class of one sample, (K,) logits in; None for an output without probabilities.

    One sigmoid unit has two classes; several give each class its own probability.
    """
    values = np.asarray(logits, dtype=np.float64)
    if activation == "softmax":
        return [float(value) for value in softmax(values)]
    if activation == "sigmoid":
        own = expit(values)
        return [float(v) for v in (np.concatenate([1 - own, own]) if len(values) == 1 else own)]
    return None


def known_row(run: Run, sample_id: str) -> None:
    """Raise unless the run predicted this sample.

    Raises:
        RunError: it could not be read when the run was made.
    """
    row = run.table[run.table["sample_id"] == sample_id]
    if len(row) and row["status"].iloc[0] == "unreadable":
        raise RunError("a sample that the model has seen", str(row["reason"].iloc[0]), "choose another one")


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


def described(scenes: Scenes, row: int, edited: list[SingleEdit], out: Path) -> dict[str, Any]:
    """Write the pictures; the result without what the model says of the original."""
    rows = write_edits(scenes, edited, out)
    original = scenes.shown(row, np.asarray(scenes.pictures[row]))
    (out / ORIGINAL).write_bytes(encode_png(original))
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
