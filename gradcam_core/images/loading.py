"""Many picture files -> one array of fitted pictures; a file that cannot be read is a reason."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import Geometry, InputSpec, Picture
from gradcam_core.images.fitting import fit, geometry
from gradcam_core.images.reading import picture_size, read_rgb

_SPARE = 2  # a JPEG decoded at a reduced scale stays this much larger than the network input


class Batch(NamedTuple):
    """Fitted pictures of N files.

    Attributes:
        pictures: (N, H, W, 3) uint8; black rows where a file could not be read.
        sizes: (height, width) of each upright original; (0, 0) where it could not be read.
        reasons: why a file could not be read, else None.
    """

    pictures: Picture
    sizes: list[tuple[int, int]]
    reasons: list[str | None]


def load_one(path: Path, spec: InputSpec) -> tuple[Picture, tuple[int, int]]:
    """One picture fitted to the network input, (H, W, 3) uint8, and its original (height, width).

    Raises:
        SampleError: the file cannot be read.
    """
    size = picture_size(path)
    where = geometry(size, spec.size, spec.resize)
    at_least = _enough(where) if spec.resize_method == "area" else None
    return fit(read_rgb(path, at_least), spec, where), size


def load_batch(paths: Sequence[Path], spec: InputSpec, threads: int = 4, root: Path | None = None) -> Batch:
    """Read and fit pictures in ``threads`` threads; the decoders work outside Python's lock.

    With a ``root``, a path that leads out of it is a reason like any other.
    """
    pictures = np.zeros((len(paths), *spec.size, 3), np.uint8)
    sizes, reasons = [(0, 0)] * len(paths), [None] * len(paths)
    batch = Batch(pictures, sizes, list[str | None](reasons))

    def load(row: int) -> None:
        try:
            batch.pictures[row], batch.sizes[row] = load_one(
                inside(root, paths[row]) if root else paths[row], spec
            )
        except SampleError as error:
            batch.reasons[row] = error.found

    with ThreadPoolExecutor(max(1, threads)) as pool:
        list(pool.map(load, range(len(paths))))
    return batch


def _enough(where: Geometry) -> tuple[int, int]:
    """(height, width) of the whole picture at which the seen part is twice the network's content."""
    (top, left, bottom, right), (c_top, c_left, c_bottom, c_right) = where.seen, where.content
    height, width = where.original
    return (
        ceil(_SPARE * (c_bottom - c_top) * height / (bottom - top)),
        ceil(_SPARE * (c_right - c_left) * width / (right - left)),
    )
