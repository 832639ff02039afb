"""A run folder and the pictures it was made from -> what findings and edits work on."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.checks import Scenes, half_of
from gradcam_core.detection.reading import cell_shares, class_logits
from gradcam_core.errors import RunError
from gradcam_core.findings.material import COVER_GRID, Material
from gradcam_core.findings.shapes import averaged
from gradcam_core.images import geometry, load_batch
from gradcam_core.portion import Part
from gradcam_core.progress import Progress
from gradcam_core.regions import cover_mask, fill_outline
from gradcam_core.regions.estimate import estimate_cover
from gradcam_core.store import Run
from gradcam_core.types import Floats, InputSpec, Picture, as_tuple

THUMB = 64
CHUNK = 64


def input_spec(run: Run) -> InputSpec:
    """How this run turned pictures into network input."""
    names = ("height", "width", "channels", "resize", "resize_method", "scaling")
    return InputSpec(**{name: run.manifest["input"][name] for name in names})


def load_pictures(part: Part, folder: Path, progress: Progress) -> tuple[Picture, NDArray[np.bool_]]:
    """(n, H, W, 3) uint8 at network size, memory-mapped below ``folder``, and which could be read.

    Raises:
        RunError: none of them can be read any more.
    """
    spec, root = input_spec(part.run), Path(part.run.manifest["project"]["root"])
    paths = [root / path for path in part.table["path"]]
    shape = (len(paths), spec.height, spec.width, 3)
    pictures = np.lib.format.open_memmap(folder / "pictures.npy", mode="w+", dtype=np.uint8, shape=shape)
    read = np.zeros(len(paths), dtype=bool)
    for start in range(0, len(paths), CHUNK):
        rows = slice(start, min(start + CHUNK, len(paths)))
        batch = load_batch(paths[rows], spec, threads=os.cpu_count() or 1)
        pictures[rows], read[rows] = batch.pictures, [reason is None for reason in batch.reasons]
        progress("pictures", rows.stop, len(paths))
    if len(paths) and not read.any():
        raise RunError(f"the pictures of this run below {root}", "none of them", "put them back")
    return pictures, read


def gather(part: Part, pictures: Picture, read: NDArray[np.bool_], progress: Progress) -> Material:
    """Everything that discovery looks at. Regions are estimated where the run has none at all."""
    run, table = part.run, part.table.copy()
    table.loc[~read, "status"] = "unreadable"
    cover = part.array("cover.npy")
    if read.any() and not np.isfinite(cover).any():
        cover = _estimated(pictures, read, progress)
        table["region_source"] = np.where(np.isfinite(cover).all(axis=(1, 2)), "estimated", "none")
    units = table["sample_id"] if part.units is None else part.units
    return Material(
        table=table,
        class_names=tuple(run.manifest["project"]["class_names"]),
        maps={name: np.asarray(run.maps(name)[part.rows], dtype=np.float32) for name in run.map_sets},
        cover=cover,
        pictures=thumbnails(pictures),
        embeddings=part.array("embeddings.npy"),
        discover=np.array([half_of(str(unit)) == "discover" for unit in units], dtype=bool),
        units=part.units,
    )


def thumbnails(pictures: Picture) -> Picture:
    """(N, h, w, 3) with at most 64 pixels on the longer side, area averages."""
    scale = min(1.0, THUMB / max(pictures.shape[1:3]))
    size = (max(1, round(scale * pictures.shape[1])), max(1, round(scale * pictures.shape[2])))
    small = np.zeros((len(pictures), *size, 3), np.uint8)
    for start in range(0, len(pictures), CHUNK):
        part = np.asarray(pictures[start : start + CHUNK])
        for channel in range(3):
            small[start : start + CHUNK, ..., channel] = np.rint(averaged(part[..., channel], size))
    return small


def _estimated(pictures: Picture, read: NDArray[np.bool_], progress: Progress) -> Floats:
    cover = np.full((len(pictures), COVER_GRID, COVER_GRID), np.nan, np.float32)
    rows = np.flatnonzero(read)
    for done, row in enumerate(rows, start=1):
        estimate = estimate_cover(np.asarray(pictures[row]), COVER_GRID)
        if estimate.reliable:
            cover[row] = estimate.cover
        progress("estimate regions", done, len(rows))
    return cover


def network_cover(run: Run, rows: NDArray[np.intp], fallback: Floats) -> NDArray[np.floating]:
    """(M, H, W) share of each pixel of the network input that the object covers; edits cut along it.

    From the stored outlines, so that thin parts are not lost on the coarse grid that runs keep. Samples
    without an outline keep ``fallback`` (M, h, w).
    """
    if not np.isfinite(fallback).any():
        return fallback
    spec, table = input_spec(run), run.table.iloc[rows]
    sharp = np.full((len(rows), *spec.size), np.nan, np.float16)
    drawn = run.outlines(table["sample_id"].tolist())
    columns = zip(table["sample_id"], table["region_source"], table["height"], table["width"], strict=True)
    for place, (name, source, height, width) in enumerate(columns):
        if polygons := drawn.get(name):
            size = (int(height), int(width))
            where = geometry(size, spec.size, spec.resize)
            sharp[place] = cover_mask(fill_outline(polygons, source, size), where, spec.size)
    return np.asarray(sharp)


def scenes(part: Part, material: Material, pictures: Picture) -> Scenes:
    """The readable samples as the edits see them."""
    run, rows = part.run, np.flatnonzero(material.readable)
    table = material.table.iloc[rows]
    names = material.class_names
    embeddings = material.embeddings[rows]
    outputs, activation = part.array("logits.npy")[rows], str(run.manifest["model"]["activation"])
    cells = cells_of(run, table)
    return Scenes(
        ids=tuple(table["sample_id"].astype(str)),
        pictures=pictures if len(rows) == len(pictures) else np.asarray(pictures)[rows],
        cover=network_cover(run, part.rows[rows], material.cover[rows]),
        region_source=tuple(table["region_source"].astype(str)),
        labels=_indices(table["label"].tolist(), names),
        class_names=names,
        logits=outputs if cells is None else class_logits(outputs, cells, activation),
        activation=activation,
        embeddings=embeddings if np.isfinite(embeddings).all() and embeddings.shape[1] else None,
        units=() if material.units is None else tuple(str(unit) for unit in material.units[rows]),
        cells=cells,
        tolerance=tolerance_of(run),
        threshold=threshold_of(run),
    )


def tolerance_of(run: Run) -> float | None:
    """The largest error of a number that counts as right; None where the run's answers are no numbers."""
    if str(run.manifest["project"].get("task")) != "regression":
        return None
    return float(run.manifest["project"]["thresholds"]["tolerance"])


def threshold_of(run: Run) -> float | None:
    """The anomaly score from which a picture counts as one; None where the run's answers are no scores."""
    if str(run.manifest["project"].get("task")) != "visual-anomaly":
        return None
    return float(run.manifest["project"]["thresholds"]["anomaly_threshold"])


def cells_of(run: Run, table: pd.DataFrame) -> Floats | None:
    """(M, h, w) shares of the cells that rows of a grid model's run stand for; None for other models."""
    grid = run.manifest["model"].get("output_grid")
    return None if grid is None else cell_shares(table["cells"].tolist(), as_tuple(grid))


def _indices(labels: Sequence[object], names: Sequence[str]) -> NDArray[np.intp]:
    """(N,) position of each label in the model's order; -1 where it is not a class of the model."""
    position = {name: index for index, name in enumerate(names)}
    return np.array([position.get(str(label), -1) for label in labels], dtype=np.intp)
