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
from gradcam_core.images.reading import read_header, read_rgb

_SPARE = 2  # a JPEG decoded at a reduced scale stays this much larger than the network input


class Original(NamedTuple):
    """The picture that a network input was made of.

    Attributes:
        size: (height, width) as people see it.
        turn: EXIF orientation that makes the picture as the network gets it the one that people see.
        note: what of the file is not used, in words.
    """

    size: tuple[int, int]
    turn: int = 1
    note: str = ""


FIRST_FRAME = "several frames: only the first one is used"


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


def load_one(path: Path, spec: InputSpec) -> tuple[Picture, Original]:
    """One picture fitted to the network input, (H, W, 3) uint8, and what it was made of.

    Raises:
        SampleError: the file cannot be read.
    """
    header, upright = read_header(path), spec.orientation == "upright"
    turn = 1 if upright else header.turn
    where = geometry(header.upright, spec.size, spec.resize, turn)
    at_least = _enough(where) if spec.resize_method == "area" else None
    picture = read_rgb(path, at_least, spec.pixels, upright)
    return fit(picture, spec, where), Original(header.upright, turn, FIRST_FRAME if header.frames else "")


def load_batch(paths: Sequence[Path], spec: InputSpec, threads: int = 4, root: Path | None = None) -> Batch:
    """Read and fit pictures in ``threads`` threads; the decoders work outside Python's lock.

    With a ``root``, a path that leads out of it is a reason like any other.
    """
    pictures = np.zeros((len(paths), *spec.size, 3), np.uint8)
    sizes, reasons = [(0, 0)] * len(paths), [None] * len(paths)
    batch = Batch(pictures, sizes, list[str | None](reasons))

    def load(row: int) -> None:
        try:
            path = inside(root, paths[row]) if root else paths[row]
            batch.pictures[row], original = load_one(path, spec)
            batch.sizes[row] = original.size
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
