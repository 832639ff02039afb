"""Where a part lies in each object, and a place of the same size and heat elsewhere inside that object."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gradcam_core.base.suspicion import Place
from gradcam_core.base.types import Doubles, Floats, Mask
from gradcam_core.findings.search.parts.pixels import Objects

GAP, FULL, SHARED = 2, 0.6, 0.15  # pixels closed within a part; size of the control; overlap it may have
WIDEST = 0.45  # share of an object that the box of a part may take: else nothing is left to compare with
Boxes = dict[str, Place]


Window = tuple[int, int, int, int]  # top, left, bottom, right in pixels


def placed(
    ids: NDArray[np.object_], objects: Objects, pixels: NDArray[np.bool_], shows: Mask
) -> tuple[Boxes, Boxes]:
    """Sample id -> box of the part, and of its control; samples without room for a control have neither."""
    boxes, controls, masks = {}, {}, objects.mask(pixels)
    for row in np.flatnonzero(shows):
        box = largest(masks[row])
        other = box and control(box, masks[row], objects.inside[row], objects.heat[row])
        if box and other:
            name = str(ids[row])
            boxes[name], controls[name] = (_shares(one, masks[row].shape) for one in (box, other))
    return boxes, controls


def largest(mask: Mask) -> Window | None:
    """The box of the largest piece of a part; gaps of two pixels do not divide it."""
    closed = ndimage.binary_dilation(mask, np.ones((GAP + 1, GAP + 1)))
    marked, count = ndimage.label(closed, np.ones((3, 3)))
    if not count:
        return None
    sizes = np.bincount(marked[mask], minlength=count + 1)
    rows, columns = np.nonzero(mask & (marked == int(sizes[1:].argmax()) + 1))
    return int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1


def control(box: Window, part: Mask, inside: Mask, heat: Floats) -> Window | None:
    """The window of the same size, off box and part, whose area of object and heat are closest to its."""
    tall, wide = box[2] - box[0], box[3] - box[1]
    avoid = part | _filled(box, inside)
    area, warmth, taken = (_sums(one, tall, wide) for one in (inside, heat * inside, avoid))
    own = area[box[0], box[1]], warmth[box[0], box[1]]
    if not own[0] or own[0] > WIDEST * inside.sum():
        return None
    apart = np.abs(area / own[0] - 1) + 0.5 * np.abs(warmth / max(own[1], 1e-12) - 1)
    apart[(area < FULL * own[0]) | (taken > SHARED * own[0])] = np.inf
    top, left = np.unravel_index(int(apart.argmin()), apart.shape)
    if not np.isfinite(apart[top, left]):
        return None
    return int(top), int(left), int(top) + tall, int(left) + wide


def _filled(box: Window, inside: Mask) -> Mask:
    mask = np.zeros_like(inside)
    mask[box[0] : box[2], box[1] : box[3]] = True
    return mask & inside


def _sums(values: NDArray[np.generic], tall: int, wide: int) -> Doubles:
    """(a, b) float64 sums over every window of that size, by its top left corner."""
    sums = np.pad(values.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return np.asarray(sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide])


def _shares(box: Window, size: tuple[int, ...]) -> Place:
    height, width = size
    return box[0] / height, box[1] / width, box[2] / height, box[3] / width
