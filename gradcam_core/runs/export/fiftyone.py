"""A folder for FiftyOne, zipped: pictures, labels, heatmaps, answers, regions, verdicts.

``data/`` with ``labels.json`` is FiftyOne's own format for classes (FiftyOneImageClassificationDataset), so
that any version imports pictures and labels. ``load.py`` in the zip makes a data set with all the rest:
``prediction``, ``heat`` (``heatmaps/``), ``region``, numbers, and verdicts as tags.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.images import encode_jpeg, encode_png
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.export._heat import Heated, Verdict, heated, number, text, verdicts_of
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run

QUALITY = 95
SCORES = ("background_focus", "normalized_background_focus", "object_area")
LOADER = Path(__file__).with_name("fiftyone_load.txt")


def _zip(run: Run, rows: Rows, path: Path) -> None:
    said = verdicts_of(run)
    samples: list[dict[str, Any]] = []
    with zipfile.ZipFile(path, "w") as packed:
        for one in heated(run, rows):
            name = f"{one.row:07d}"
            packed.writestr(f"data/{name}.jpg", encode_jpeg(one.picture, QUALITY))
            grey = np.rint(one.heat * 255).astype(np.uint8)
            packed.writestr(f"heatmaps/{name}.png", encode_png(grey))
            samples.append({"name": name, **_sample(run, one, said.get(str(one.one["sample_id"]), []))})
        labels = {one["name"]: one["label"] for one in samples if one["label"]}
        _write(packed, "labels.json", {"classes": None, "labels": labels})
        _write(packed, "samples.json", {"run": run.id, "project": run.name, "samples": samples})
        packed.writestr("load.py", LOADER.read_text(encoding="utf-8"), zipfile.ZIP_DEFLATED)


def _sample(run: Run, shown: Heated, said: list[Verdict]) -> dict[str, Any]:
    one = shown.one
    name = str(one["sample_id"])
    flat = [np.asarray(list(part), dtype=np.float64) for part in run.outlines([name]).get(name, ())]
    return {
        "sample_id": name,
        "path": str(one["path"]),
        "label": text(one["label"]),
        "predicted": text(one.get("predicted")),
        "confidence": number(one.get("confidence")),
        "scores": {key: number(one[key]) for key in SCORES if key in one},
        "region": [part.reshape(-1, 2).round(6).tolist() for part in flat],
        "verdicts": [{key: entry[key] for key in ("reviewer", "verdict", "comment")} for entry in said],
    }


def _write(packed: zipfile.ZipFile, name: str, value: Any) -> None:
    packed.writestr(name, json.dumps(value, ensure_ascii=False, allow_nan=False), zipfile.ZIP_DEFLATED)


EXPORTS.add("fiftyone", Export("Data set (FiftyOne)", ".zip", "application/zip", _zip, draws=True))
