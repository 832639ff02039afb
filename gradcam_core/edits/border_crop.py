"""Border crop: frames, rulers and marks in the outer ring.

Two ways to lose the ring: it is replaced by the mirrored inside (control: a ring of the same area further
in is replaced in the same way), or the picture is zoomed by 1.1 about its centre (control: about a corner,
which keeps half of the border). Needs no region. Where rows are objects their boxes are spared, and nothing
is zoomed: each object's answer is read where it was.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Mask, Picture
from gradcam_core.edits import CHECKS, Check, Edit
from gradcam_core.edits.engine import filling
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

NAME = "border-crop"
FILLERS = ("ring", "zoom")
RING = 0.07
ZOOM = 1.1


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both ways."""
    picture = inside = stage.scenes.pictures[row]
    outer, inner = rings(stage.scenes.size, rng)
    objects = stage.scenes.cells is not None
    if objects and row in stage.usable:
        outer, inner = (ring & ~stage.taken(row) for ring in (outer, inner))
        inside = stage.emptied(row)
    yield Edit(row, NAME, "ring", "edit", without_ring(picture, outer, inside))
    yield Edit(row, NAME, "ring", "control", without_ring(picture, inner, inside))
    if objects:
        return
    corner = (float(rng.integers(2)), float(rng.integers(2)))
    yield Edit(row, NAME, "zoom", "edit", zoomed(picture, (0.5, 0.5)))
    yield Edit(row, NAME, "zoom", "control", zoomed(picture, corner))


def rings(size: tuple[int, int], rng: np.random.Generator) -> tuple[Mask, Mask]:
    """Two (H, W) masks: the outer ring, and one of the same area (to a pixel) at a random depth inside."""
    thick = max(1, round(RING * min(size)))
    outer = depth(size) < thick
    start = int(rng.integers(thick + 1, max(thick + 2, min(size) // 4)))
    stops = np.arange(start + 1, min(size) // 2 + 1)
    areas = [((depth(size) >= start) & (depth(size) < stop)).sum() for stop in stops]
    stop = int(stops[np.abs(np.asarray(areas) - outer.sum()).argmin()])
    return outer, (depth(size) >= start) & (depth(size) < stop)


def depth(size: tuple[int, int]) -> Rows:
    """(H, W) distance of each pixel from the nearest edge of the picture in pixels, 0 at the edge."""
    rows, columns = (np.minimum(np.arange(side), np.arange(side)[::-1]) for side in size)
    return np.minimum(rows[:, None], columns[None, :])


def without_ring(picture: Picture, ring: Mask, source: Picture) -> Picture:
    """(H, W, 3) uint8, a ring replaced by ``source`` mirrored across its inner outline, seam soft."""
    if not ring.any():
        return picture
    inside = depth((picture.shape[0], picture.shape[1]))[ring]
    first, last = int(inside.min()), int(inside.max()) + 1
    thick = last - first
    rows, columns = (_mirror(side, first, last, thick) for side in picture.shape[:2])
    over = source[rows][:, columns]
    return filling.blend(picture, over, filling.soft_around(ring))


def _mirror(side: int, first: int, last: int, thick: int) -> Rows:
    """Indices 0..side in which those at depth first..last point to the same distance beyond last."""
    place = np.arange(side)
    near = np.minimum(place, side - 1 - place)
    moved = np.where((near >= first) & (near < last), np.minimum(2 * last - 1 - near, side // 2), near)
    return np.where(place < side / 2, moved, side - 1 - moved)


def zoomed(picture: Picture, centre: tuple[float, float]) -> Picture:
    """(H, W, 3) uint8, the picture enlarged by ``ZOOM`` about a point given in shares (down, right)."""
    height, width = picture.shape[:2]
    tall, wide = round(height / ZOOM), round(width / ZOOM)
    top, left = round((height - tall) * centre[0]), round((width - wide) * centre[1])
    part = np.ascontiguousarray(picture[top : top + tall, left : left + wide])
    return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


CHECKS.add(
    NAME,
    Check(
        title="Border cropped",
        help="The outer ring replaced or cropped, against a ring further in and a crop off centre.",
        action="Cutting the border off",
        plan=plan,
        flag="border",
        fillers=FILLERS,
    ),
)
