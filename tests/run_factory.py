"""A synthetic run folder with drawn pictures, written through the real store: no model, no TensorFlow.

Pictures are not square, the object is a bright ellipse off the centre, and a share of the samples
looks away from it, so that every state of a page can be reached by choosing counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.types import Outline, Resize
from gradcam_core.runs.writing import RunWriter, outline_table
from tests import run_drawing, run_scores
from tests.run_scores import REGION_SCORES, SCORES


@dataclass(frozen=True)
class Recipe:
    """What the run holds. Samples beyond ``pictures`` share the drawn files."""

    n: int = 12
    size: tuple[int, int] = (90, 120)
    pictures: int = 12
    classes: tuple[str, ...] = ("cat", "dog")
    grid: tuple[int, int] = (7, 7)
    fine: tuple[int, int] | None = (14, 14)
    input: tuple[int, int, int] = (224, 224, 3)
    resize: Resize = "squash"
    regions: bool = True
    every_wrong: int = 4  # every 4th prediction is wrong; 0: none
    every_unlabelled: int = 0
    every_unreadable: int = 0
    every_empty: int = 0
    every_without_region: int = 0
    metadata: bool = True
    name: str = "tiny"
    created: str = "2026-01-02T03:04:05+00:00"
    sort_by: str = "normalized_background_focus"
    explain: str = "predicted"
    extra: Mapping[str, Any] = field(default_factory=dict)  # further manifest entries
    finish: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table  # another task's columns


def _every(n: int, step: int) -> NDArray[np.bool_]:
    return (np.arange(n) % step == step - 1) if step else np.zeros(n, dtype=bool)


def _centres(recipe: Recipe) -> NDArray[np.float64]:
    """(N, 2) y, x shares of the object's centre."""
    places = np.random.default_rng(5).uniform(0.3, 0.7, (recipe.pictures, 2))
    return places[np.arange(recipe.n) % recipe.pictures]


def _predictions(recipe: Recipe, labels: NDArray[np.intp]) -> NDArray[np.float64]:
    generator = np.random.default_rng(7)
    k = len(recipe.classes)
    predicted = np.where(_every(recipe.n, recipe.every_wrong), (labels + 1) % k, labels)
    logits = generator.normal(0, 1, (recipe.n, k))
    logits[np.arange(recipe.n), predicted] = logits.max(axis=1) + generator.uniform(0.3, 4, recipe.n)
    return logits


def _table(recipe: Recipe, logits: NDArray[np.float64], labels: NDArray[np.intp]) -> pd.DataFrame:
    n, classes = recipe.n, np.array(recipe.classes, dtype=object)
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    predicted = classes[logits.argmax(axis=1)]
    truth = np.where(_every(n, recipe.every_unlabelled), None, classes[labels])
    correct = np.where(truth == None, None, truth == predicted)  # noqa: E711  object array
    best = chances.max(axis=1)
    bare = _every(n, recipe.every_without_region) if recipe.regions else np.ones(n, dtype=bool)
    return pd.DataFrame(
        {
            "sample_id": [f"sample-{row:05d}" for row in range(n)],
            "path": [f"pictures/{row % recipe.pictures:03d}.png" for row in range(n)],
            "label": truth,
            "predicted": predicted,
            "explained": predicted if recipe.explain == "predicted" else recipe.explain,
            "confidence": best,
            "margin": np.log(best / (1 - best)),
            "correct": correct,
            "status": "ok",
            "fine_status": "ok",
            "reason": np.where(bare, "no region", ""),
            "region_source": np.where(bare, "none", "mask"),
            "object_area": np.nan,
            "height": recipe.size[0],
            "width": recipe.size[1],
        }
    )


def _spoil(table: pd.DataFrame, rows: NDArray[np.bool_], status: str, reason: str) -> None:
    numbers = [name for name in table.columns if name.removeprefix("fine_") in (*REGION_SCORES, *SCORES)]
    table.loc[rows, ["status", "fine_status"]] = status
    table.loc[rows, "reason"] = reason
    table.loc[rows, numbers] = np.nan
    if status == "unreadable":
        table.loc[rows, ["predicted", "explained", "correct"]] = None
        table.loc[rows, ["confidence", "margin", "object_area"]] = np.nan
        table.loc[rows, ["height", "width"]] = 0


def _pictures(recipe: Recipe, root: Path) -> None:
    (root / "pictures").mkdir(parents=True, exist_ok=True)
    centres = _centres(recipe)
    for row in range(min(recipe.n, recipe.pictures)):
        picture = run_drawing.draw(recipe.size, centres[row], recipe.input[2], row)
        picture.save(root / "pictures" / f"{row:03d}.png")
    (root / "pictures" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n not a picture")


def _manifest(recipe: Recipe, root: Path, table: pd.DataFrame) -> dict[str, Any]:
    maps = {
        "classic": {
            "method": "grad-cam",
            "title": "Grad-CAM",
            "layer": "out_relu",
            "grid": list(recipe.grid),
        }
    }
    names = list(SCORES)
    if recipe.fine:
        maps["fine"] = {
            "method": "layer-cam",
            "title": "LayerCAM",
            "layer": "block_13",
            "grid": list(recipe.fine),
        }
        names += [f"fine_{name}" for name in SCORES]
    height, width, channels = recipe.input
    return {
        "run_id": f"{recipe.name}-20260102-030405-abc123",
        "created": recipe.created,
        "project": {
            "name": recipe.name, "root": str(root), "source": "folder",
            "task": "classification", "class_names": list(recipe.classes),
        },
        "model": {
            "path": str(root / "model.keras"), "sha256": "0" * 64, "format": "keras 3",
            "head": "pooled-dense", "activation": "softmax", "outputs": len(recipe.classes),
            "input": [height, width, channels], "notes": [],
        },
        "input": {
            "height": height, "width": width, "channels": channels, "resize": recipe.resize,
            "resize_method": "area", "scaling": "0..1",
        },
        "facts": [
            {"name": "resize", "value": recipe.resize, "origin": "given", "why": "", "warning": ""},
            {"name": "scaling", "value": "0..1", "origin": "guessed", "why": "fits best", "warning": ""},
        ],
        "explain": recipe.explain,
        "maps": {
            name: {**entry, "pooling": "mean", "class_specific": True} for name, entry in maps.items()
        },
        "sort_by": recipe.sort_by,
        "counts": {
            "samples": len(table),
            "ok": int((table["status"] == "ok").sum()),
            "unreadable": int((table["status"] == "unreadable").sum()),
            "unlabelled": int(table["label"].isna().sum()),
            "regions": {str(k): int(v) for k, v in table["region_source"].value_counts().items()},
        },
        "scores": {name: run_scores.described(name) for name in names},
        "engine": "tensorflow",
        "timing": {"seconds": 1.5, "images_per_second": 8.0, "peak_memory_mb": 100.0},
        "versions": {"python": "3.11", "gradcam_core": "0.1.0"},
        **recipe.extra,
    }  # fmt: skip


def write_run(
    runs: Path,
    manifest: Mapping[str, Any],
    table: pd.DataFrame,
    arrays: Mapping[str, NDArray[Any]],
    outlines: Mapping[str, Outline],
) -> Path:
    """Write a whole run that is in memory: file name -> array, ``manifest["run_id"]`` the folder's name."""
    with RunWriter(runs, str(manifest["run_id"]), len(table)) as writer:
        for name, array in arrays.items():
            if len(array) != len(table):
                raise RunError(f"{len(table)} rows in {name}", str(len(array)))
            np.save(writer.partial / name, array, allow_pickle=False)
        return writer.finish(manifest, table, outline_table(outlines))


def make_run(home: Path, recipe: Recipe = Recipe()) -> Path:
    """Write pictures below ``home/projects`` and a run below ``home/runs``; returns the run folder."""
    n = recipe.n
    root = home / "projects" / recipe.name
    labels = np.arange(n) % len(recipe.classes)
    logits = _predictions(recipe, labels)
    table = _table(recipe, logits, labels)
    centres = _centres(recipe)
    inside, radii = run_drawing.in_input(centres, recipe.size, recipe.input[:2], recipe.resize)
    away = _every(n, 3)  # every third sample looks at a corner
    looks = np.where(away[:, None], 0.08, inside)
    unreadable, empty = _every(n, recipe.every_unreadable), _every(n, recipe.every_empty)
    arrays: dict[str, NDArray[Any]] = {}
    for prefix, file, grid in (
        ("", "heatmaps.npy", recipe.grid),
        ("fine_", "fine_heatmaps.npy", recipe.fine),
    ):
        if grid is None:
            continue
        maps = run_drawing.blob(grid, looks, 0.16) * (1 + np.arange(n)[:, None, None] % 5)
        scores = run_scores.compute(maps, run_drawing.cover(grid, inside, radii))
        for name, values in scores.items():
            bare = (table["region_source"] == "none").to_numpy() & (name in REGION_SCORES)
            table[prefix + name] = np.where(bare, np.nan, values)
        maps[empty] = 0
        maps[unreadable] = np.nan
        arrays[file] = maps.astype(np.float32)
    logits[unreadable] = np.nan
    cover = run_drawing.cover((32, 32), inside, radii)
    cover[(table["region_source"] == "none").to_numpy()] = np.nan
    table["object_area"] = cover.mean(axis=(1, 2))
    arrays |= {"logits.npy": logits.astype(np.float32), "cover.npy": cover.astype(np.float32)}
    arrays["embeddings.npy"] = np.random.default_rng(3).normal(size=(n, 8)).astype(np.float32)
    _spoil(table, empty, "empty map", "the map has no positive heat")
    _spoil(table, unreadable, "unreadable", "expected a picture file; found bytes that are none")
    table.loc[unreadable, "path"] = "pictures/broken.png"
    if not recipe.fine:
        table = table.drop(columns="fine_status")
    if recipe.metadata:
        table["meta_scanner"] = np.where(np.arange(n) % 2, "north", "south")
        table["meta_age"] = 20.0 + np.arange(n) % 60
    table = recipe.finish(table)
    _pictures(recipe, root)
    with_region = np.flatnonzero(table["region_source"].to_numpy() != "none")
    outlines = {f"sample-{row:05d}": run_drawing.outline(centres[row]) for row in with_region}
    return write_run(home / "runs", _manifest(recipe, root, table), table, arrays, outlines)
