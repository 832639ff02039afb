"""Regions as COCO JSON (Lin et al. 2014, cocodataset.org/#format-data): an annotation for each region.

Polygons lie on the picture as people see it. COCO's polygons have no holes: what a hole leaves out is in.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run

UNLABELLED = "object"


def _coco(run: Run, rows: Rows, path: Path) -> None:
    path.write_text(json.dumps(dataset(run, rows)) + "\n", encoding="utf-8")


def dataset(run: Run, rows: Rows) -> dict[str, Any]:
    """The JSON value: info, images, annotations, categories; without pictures that could not be read."""
    table = run.table.iloc[rows]
    table = table[table["status"] != "unreadable"]
    outlines = run.outlines([str(name) for name in table["sample_id"]])
    labels = [UNLABELLED if not isinstance(label, str) else label for label in table["label"]]
    categories = {name: number for number, name in enumerate(sorted(set(labels)), 1)}
    images: dict[str, dict[str, Any]] = {}
    annotations: list[dict[str, Any]] = []
    for one, label in zip(table.to_dict("records"), labels, strict=True):
        size = int(one["height"]), int(one["width"])
        file = str(one["path"])
        image = images.setdefault(
            file, {"id": len(images) + 1, "file_name": file, "height": size[0], "width": size[1]}
        )
        if polygons := outlines.get(str(one["sample_id"])):
            about = {"id": len(annotations) + 1, "image_id": image["id"], "category_id": categories[label]}
            annotations.append({**about, "iscrowd": 0, **_drawn(polygons, size)})
    return {
        "info": {"description": f"Regions of the audit {run.id}", "version": "1"},
        "images": list(images.values()),
        "annotations": annotations,
        "categories": [{"id": number, "name": name} for name, number in categories.items()],
    }


def _drawn(polygons: Sequence[Sequence[float]], size: tuple[int, int]) -> dict[str, Any]:
    """Segmentation in pixels, its area and its bounding box [x, y, width, height]."""
    scale = np.array([size[1], size[0]])
    points = [np.asarray(list(polygon), dtype=np.float64).reshape(-1, 2) * scale for polygon in polygons]
    every = np.concatenate(points)
    low, high = every.min(axis=0), every.max(axis=0)
    return {
        "segmentation": [[round(float(value), 2) for value in part.ravel()] for part in points],
        "area": round(sum(_area(part) for part in points), 2),
        "bbox": [round(float(value), 2) for value in (*low, *(high - low))],
    }


def _area(points: Any) -> float:
    """Of a closed polygon, by the shoelace formula."""
    x, y = points[:, 0], points[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


EXPORTS.add("coco", Export("Regions (COCO)", ".json", "application/json", _coco))
