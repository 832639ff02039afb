"""A run folder and the pictures it was made from -> what findings and edits work on."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.hashing import half_of
from gradcam_core.base.partial import allocated
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Floats, Picture
from gradcam_core.findings.material import COVER_GRID, Material
from gradcam_core.findings.subset import Subset
from gradcam_core.images import load_batch
from gradcam_core.images.regions.estimate import estimate_cover
from gradcam_core.maps.grids import averaged
from gradcam_core.runs.pictures import root_of

THUMB = 64
CHUNK = 64


def load_pictures(subset: Subset, folder: Path, progress: Progress) -> tuple[Picture, NDArray[np.bool_]]:
    """(n, H, W, 3) uint8 at network size, mapped below ``folder``, and (n,) bool: which could be read.

    Raises:
        RunError: none of them can be read any more.
    """
    spec, root = subset.run.input_spec, root_of(subset.run)
    paths = [root / path for path in subset.table["path"]]
    shape = (len(paths), spec.height, spec.width, 3)
    pictures = allocated(folder / "pictures.npy", shape, np.uint8)
    read = np.zeros(len(paths), dtype=bool)
    for start in range(0, len(paths), CHUNK):
        rows = slice(start, min(start + CHUNK, len(paths)))
        batch = load_batch(paths[rows], spec, threads=os.cpu_count() or 1, root=root)
        pictures[rows], read[rows] = batch.pictures, [reason is None for reason in batch.reasons]
        progress("pictures", rows.stop, len(paths))
    if len(paths) and not read.any():
        raise RunError(f"the pictures of this run below {root}", "none of them", "put them back")
    return pictures, read


def gather(subset: Subset, pictures: Picture, read: NDArray[np.bool_], progress: Progress) -> Material:
    """Everything that discovery looks at. Regions are estimated where the run has none at all."""
    run, table = subset.run, subset.table.copy()
    table.loc[~read, "status"] = "unreadable"
    cover = subset.array("cover.npy")
    if read.any() and not np.isfinite(cover).any():
        cover, table["region_source"] = estimated_regions(pictures, read, progress)
    units = table["sample_id"] if subset.units is None else subset.units
    return Material(
        table=table,
        class_names=run.class_names,
        maps={name: np.asarray(run.maps(name)[subset.rows], dtype=np.float32) for name in run.map_sets},
        cover=cover,
        pictures=thumbnails(pictures),
        embeddings=subset.array("embeddings.npy"),
        discover=np.array([half_of(str(unit)) == "discover" for unit in units], dtype=bool),
        units=subset.units,
    )


def thumbnails(pictures: Picture) -> Picture:
    """(N, h, w, 3) uint8 with at most 64 pixels on the longer side, area averages."""
    scale = min(1.0, THUMB / max(pictures.shape[1:3]))
    size = (max(1, round(scale * pictures.shape[1])), max(1, round(scale * pictures.shape[2])))
    small = np.zeros((len(pictures), *size, 3), np.uint8)
    for start in range(0, len(pictures), CHUNK):
        part = np.asarray(pictures[start : start + CHUNK])
        for channel in range(3):
            small[start : start + CHUNK, ..., channel] = np.rint(averaged(part[..., channel], size))
    return small


def estimated_regions(
    pictures: Picture, read: NDArray[np.bool_], progress: Progress = silent
) -> tuple[Floats, list[str]]:
    """(N, 32, 32) float32 cover in 0..1 guessed from the pictures, and where each comes from.

    Args:
        pictures: (N, H, W, 3) uint8.
        read: (N,) False for pictures that could not be read.
        progress: called with (stage, done, total).

    Returns:
        Cover (N, 32, 32) float32, NaN where the guess is unreliable, and N of "estimated", "none".
    """
    cover = np.full((len(pictures), COVER_GRID, COVER_GRID), np.nan, np.float32)
    sources, rows = ["none"] * len(pictures), np.flatnonzero(read)
    for done, row in enumerate(rows, start=1):
        estimate = estimate_cover(np.asarray(pictures[row]), COVER_GRID)
        if estimate.reliable:
            cover[row], sources[row] = estimate.cover, "estimated"
        progress("estimate regions", done, len(rows))
    return cover, sources
