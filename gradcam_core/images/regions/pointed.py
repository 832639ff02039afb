"""Regions from a hand: a painted mask as polygons, and the object under a click by GrabCut."""

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Mask, Outline, Picture, Region, RunLength
from gradcam_core.images.regions.outline import drawn

SIDE = 256  # pixels that GrabCut works on
SURE, LIKELY = 0.02, 0.3  # radii around the click, shares of the longer side
ROUNDS = 5
SMALLEST = 0.0005  # of the picture; less is a slip of the hand


def painted(size: tuple[int, int], runs: tuple[int, ...]) -> Outline:
    """Polygons around what was painted, as shares 0..1 of width and height; inner ones are holes.

    Args:
        size: (height, width) of the canvas.
        runs: lengths of alternating runs, background first, column by column (COCO's order).

    Raises:
        SampleError: the runs do not fill the canvas.
    """
    return drawn(Region("drawn", (RunLength(size, runs),)), size)[1]


def pointed_at(picture: Picture, x: float, y: float) -> Outline:
    """Polygons around the object under a click: GrabCut (Rother et al. 2004) seeded by the click.

    A small disc around the click is the object, a wide one may be, everything else and the picture's edge
    is background; the part that holds the click, its holes filled, is the answer.

    Args:
        picture: (H, W, 3) uint8 RGB.
        x, y: the click, shares 0..1 of width and height.

    Returns:
        Polygons as shares 0..1; [] where GrabCut finds nothing around the click.
    """
    scale = min(1.0, SIDE / max(picture.shape[:2]))
    size = max(8, round(picture.shape[1] * scale)), max(8, round(picture.shape[0] * scale))
    small = np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    at = min(int(x * size[0]), size[0] - 1), min(int(y * size[1]), size[1] - 1)
    found = _component(_cut(small, at), at)
    if found.mean() < SMALLEST:
        return []
    runs = _runs(found)
    return painted(found.shape, runs)


def _cut(picture: Picture, at: tuple[int, int]) -> Mask:
    labels = np.full(picture.shape[:2], cv2.GC_BGD, np.uint8)
    longest = max(picture.shape[:2])
    cv2.circle(labels, at, max(4, round(LIKELY * longest)), cv2.GC_PR_FGD, -1)
    labels[[0, -1]] = labels[:, [0, -1]] = cv2.GC_BGD
    cv2.circle(labels, at, max(1, round(SURE * longest)), cv2.GC_FGD, -1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)
    try:
        cv2.grabCut(picture, labels, None, *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
    except cv2.error as error:  # one colour only: nothing to tell apart
        raise SampleError("an object that stands out around the click", "none", "draw it") from error
    return np.asarray((labels & 1) > 0, dtype=bool)


def _component(mask: Mask, at: tuple[int, int]) -> Mask:
    """The connected part that holds a point, smoothed, without holes."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    smooth = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    _, parts = cv2.connectedComponents(smooth)
    here = parts[at[1], at[0]]
    if here == 0:
        return np.zeros(mask.shape, bool)
    outer, _ = cv2.findContours(
        (parts == here).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    filled = np.zeros(mask.shape, np.uint8)
    cv2.fillPoly(filled, outer, 1)
    return np.asarray(filled > 0, dtype=bool)


def _runs(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    flat = mask.ravel(order="F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    lengths = np.diff(np.concatenate([[0], edges, [len(flat)]]))
    return tuple(int(one) for one in ([0, *lengths] if flat[0] else lengths))
