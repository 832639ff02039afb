"""A synthetic run of any size, written through the project's own writer. Samples share 64 pictures."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image

from gradcam_core.maps.scores import SCORES
from gradcam_core.runs.writing import RunWriter, outline_table

CLASSES = tuple(f"class {number:02d}" for number in range(20))
PICTURES = 64
GRIDS = {"classic": (7, 7), "fine": (14, 14)}
FILES = {"classic": "heatmaps.npy", "fine": "fine_heatmaps.npy"}
STEP = 20_000


def run_id(rows: int) -> str:
    """The name of the run with this many samples."""
    return f"synthetic-{rows}"


def make(home: Path, rows: int) -> Path:
    """Write the run below ``home/runs`` unless it is there; returns its folder."""
    runs, root = home / "runs", home / "pictures"
    if (runs / run_id(rows)).is_dir():
        return runs / run_id(rows)
    _pictures(root)
    generator = np.random.default_rng(rows)
    table = _table(rows, generator)
    with RunWriter(runs, run_id(rows), rows) as writer:
        for name, grid in GRIDS.items():
            _maps(writer.array(FILES[name], grid), grid, generator)
        logits = writer.array("logits.npy", (len(CLASSES),))
        logits[:] = generator.standard_normal(logits.shape, np.float32)
        outlines = pa.concat_tables(
            [_outlines(table["sample_id"][at : at + STEP]) for at in range(0, rows, STEP)]
        )
        return writer.finish(_manifest(rows, root, table), table, outlines)


def _maps(array: NDArray[Any], grid: tuple[int, int], generator: np.random.Generator) -> None:
    for at in range(0, len(array), STEP):
        array[at : at + STEP] = generator.random((len(array[at : at + STEP]), *grid), np.float32)


def _outlines(ids: pd.Series) -> pa.Table:
    """A polygon of 24 points each, about what a simplified mask has."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    points = (np.stack([np.cos(angles), np.sin(angles)], 1) / 4 + 0.5).ravel().tolist()
    return outline_table({name: [points] for name in ids})


def _pictures(root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(0)
    for number in range(PICTURES):
        noise = generator.integers(0, 255, (30, 40, 3)).astype(np.uint8)
        Image.fromarray(noise).resize((640, 480)).save(root / f"{number:02d}.jpg")


def _table(rows: int, generator: np.random.Generator) -> pd.DataFrame:
    """Every column of a real run, a few empty and unreadable samples among them."""
    names = np.array(CLASSES, dtype=object)
    label = generator.integers(0, len(names), rows)
    predicted = np.where(generator.random(rows) < 0.85, label, generator.integers(0, len(names), rows))
    status = np.where(np.arange(rows) % 997 == 0, "empty map", "ok").astype(object)
    table: dict[str, Any] = {
        "sample_id": [f"batch{row % 7}/sample-{row:07d}" for row in range(rows)],
        "path": [f"{row % PICTURES:02d}.jpg" for row in range(rows)],
        "label": np.where(np.arange(rows) % 50 == 0, None, names[label]),
        "split": "test",
        "height": 480,
        "width": 640,
        "region_source": np.where(np.arange(rows) % 10 == 0, "box", "mask").astype(object),
        "predicted": names[predicted],
        "explained": names[predicted],
        "confidence": generator.random(rows),
        "margin": generator.normal(2, 3, rows),
        "correct": np.where(np.arange(rows) % 50 == 0, None, label == predicted),
        "meta_scanner": names[generator.integers(0, 5, rows)],
        "meta_age": generator.integers(20, 90, rows).astype(float),
    }
    for prefix in ("", "fine_"):
        for name, score in SCORES.items():
            values = generator.uniform(*score.range, rows)
            table[prefix + name] = np.where(status == "ok", values, np.nan)
        table[f"{prefix}status"] = status
    table["object_area"] = generator.random(rows)
    table["reason"] = np.where(status == "ok", "", "the map has no positive heat")
    return pd.DataFrame(table)


def _manifest(rows: int, root: Path, table: pd.DataFrame) -> dict[str, Any]:
    about = {
        name: {"title": score.title, "help": score.help, "better": score.better, "range": list(score.range)}
        for name, score in SCORES.items()
    }
    maps = {
        name: {
            "method": "grad-cam" if name == "classic" else "layer-cam",
            "layer": name,
            "grid": list(grid),
            "pooling": None,
            "class_specific": True,
        }
        for name, grid in GRIDS.items()
    }
    return {
        "run_id": run_id(rows),
        "created": "2026-01-01T00:00:00+00:00",
        "project": {"name": "synthetic", "root": str(root), "source": "folder", "task": "classification",
                    "class_names": list(CLASSES), "thresholds": {}},
        "model": {"path": "model.keras", "sha256": "", "format": "keras 3", "head": "pooled-dense",
                  "activation": "softmax", "outputs": len(CLASSES), "input": [224, 224, 3], "notes": []},
        "input": {"height": 224, "width": 224, "channels": 3, "resize": "squash",
                  "resize_method": "area", "scaling": "0..1"},
        "facts": [],
        "explain": "predicted",
        "maps": maps,
        "sort_by": "fine_normalized_background_focus",
        "counts": {"samples": rows, "ok": int((table["status"] == "ok").sum()), "unreadable": 0,
                   "unlabelled": int(table["label"].isna().sum()), "regions": {"mask": rows}},
        "scores": about | {f"fine_{name}": entry for name, entry in about.items()},
        "engine": "none",
        "timing": {"seconds": 0.0, "images_per_second": 0.0, "peak_memory_mb": 0.0},
        "versions": {},
    }  # fmt: skip
