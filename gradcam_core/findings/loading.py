"""A run folder and the pictures it was made from -> what findings and edits work on."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.hashing import half_of
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Floats, Picture
from gradcam_core.findings.material import COVER_GRID, Material
from gradcam_core.findings.subset import Subset
from gradcam_core.images import load_batch
from gradcam_core.images.regions.estimate import estimate_cover
from gradcam_core.maps.grids import averaged
from gradcam_core.runs.project import input_spec

THUMB = 64
CHUNK = 64


def load_pictures(part: Subset, folder: Path, progress: Progress) -> tuple[Picture, NDArray[np.bool_]]:
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


def gather(part: Subset, pictures: Picture, read: NDArray[np.bool_], progress: Progress) -> Material:
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
