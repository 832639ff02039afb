"""Tasks for Label Studio (labelstud.io/guide/task_format, /guide/predictions): answers, regions, verdicts.

A task is a picture. Its prediction holds the model's answer and a box around the hot part of the map; each
reader's verdict is an annotation of its own, with the region where one is known. Places are percent of the
picture, as Label Studio counts. ``docs/exports.md`` has the labelling interface that fits.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.export._heat import Heated, Verdict, heated, number, text, verdicts_of
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run

LOCAL = "/data/local-files/?d="
HOT = 0.5  # of the brightest place
UNLABELLED = "object"
Entry = dict[str, Any]


def _tasks(run: Run, rows: Rows, path: Path) -> None:
    said = verdicts_of(run)
    found = [task(run, one, said.get(str(one.one["sample_id"]), ())) for one in heated(run, rows)]
    path.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")


def task(run: Run, shown: Heated, said: Sequence[Verdict]) -> Entry:
    """One picture with what the model answered and what people say."""
    one = shown.one
    name, label = str(one["sample_id"]), text(one["label"])
    data = {"image": f"{LOCAL}{quote(str(one['path']))}", "sample_id": name, "label": label, "run": run.id}
    answer = text(one.get("predicted"))
    result = [_choice(shown, "answer", answer)] if answer else []
    result += [_box(shown, box) for box in hot_box(shown.heat)]
    confidence = number(one.get("confidence"))
    score = {} if confidence is None else {"score": confidence}
    regions = list(_regions(run, shown, label or UNLABELLED))
    drawn = [{"result": regions, "ground_truth": False}] if regions and not said else []
    return {
        "data": data,
        "predictions": [{"model_version": run.id, "result": result, **score}],
        "annotations": [*drawn, *(_annotation(shown, entry, regions) for entry in said)],
    }


def hot_box(heat: Floats) -> list[tuple[float, float, float, float]]:
    """x, y, width, height in percent around what is at least half as hot as the hottest; [] without heat.

    Args:
        heat: (H, W) from 0 to 1.
    """
    if not (top := float(heat.max())) > 0:
        return []
    ys, xs = np.nonzero(heat >= HOT * top)
    size = np.array([heat.shape[1], heat.shape[0]]) / 100
    low = np.array([xs.min(), ys.min()]) / size
    high = np.array([xs.max() + 1, ys.max() + 1]) / size
    x, y, width, height = (round(float(value), 3) for value in (*low, *(high - low)))
    return [(x, y, width, height)]


def _base(shown: Heated, name: str, kind: str, value: Mapping[str, Any], part: str = "") -> Entry:
    height, width = shown.heat.shape
    place = {"original_width": width, "original_height": height, "image_rotation": 0}
    about = {"id": f"{name}-{shown.row}{part}", "from_name": name, "to_name": "image", "type": kind}
    return {**about, **place, "value": dict(value)}


def _choice(shown: Heated, name: str, word: str) -> Entry:
    return _base(shown, name, "choices", {"choices": [word]})


def _box(shown: Heated, box: tuple[float, float, float, float]) -> Entry:
    x, y, width, height = box
    place = {"x": x, "y": y, "width": width, "height": height, "rotation": 0}
    return _base(shown, "heat", "rectanglelabels", {**place, "rectanglelabels": ["heat"]})


def _regions(run: Run, shown: Heated, label: str) -> Iterator[Entry]:
    name = str(shown.one["sample_id"])
    for number_, polygon in enumerate(run.outlines([name]).get(name, ())):
        points = (np.asarray(list(polygon), dtype=np.float64).reshape(-1, 2) * 100).round(4).tolist()
        value = {"points": points, "closed": True, "polygonlabels": [label]}
        yield _base(shown, "region", "polygonlabels", value, f"-{number_}")


def _annotation(shown: Heated, entry: Verdict, regions: Sequence[Entry]) -> Entry:
    result = [_choice(shown, "verdict", str(entry["verdict"]))] if entry["verdict"] else []
    if entry["comment"]:
        result.append(_base(shown, "comment", "textarea", {"text": [str(entry["comment"])]}))
    reader = _base(shown, "reader", "textarea", {"text": [str(entry["reviewer"])]})
    made = {"created_at": str(entry["time"]), "ground_truth": False, "was_cancelled": False}
    return {"result": [*regions, *result, reader], **made}


EXPORTS.add("label-studio", Export("Tasks (Label Studio)", ".json", "application/json", _tasks, draws=True))
