"""Edits inside of an object: new pixels come from the object alone, and what lies around it stays."""

import cv2
import numpy as np

from gradcam_core.base.types import Mask, Picture
from gradcam_core.edits.engine import filling, places

Filler = str


def spread(picture: Picture, inside: Mask) -> Picture:
    """(H, W, 3) uint8, the object as it is and every pixel around it as the object's nearest one."""
    if not inside.any():
        return picture
    outside = (~inside).astype(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(outside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    colours = np.zeros((int(nearest.max()) + 1, 3), dtype=np.uint8)
    colours[nearest[inside]] = picture[inside]
    return np.where(inside[..., None], picture, colours[nearest])


def painted(picture: Picture, hole: Mask, inside: Mask, filler: Filler) -> Picture:
    """(H, W, 3) uint8, a hole in an object filled from the rest of that object; seam soft, inside only.

    Args:
        picture, hole, inside: (H, W, 3) uint8, and two masks (H, W); what of the hole lies outside stays.
        filler: ``inpaint`` from the pixels around the hole, or ``colour``: the object's typical one.
    """
    hole = hole & inside
    rest = inside & ~hole
    if not hole.any() or not rest.any():
        return picture.copy()
    if filler == "colour":
        over = np.broadcast_to(np.median(picture[rest], axis=0), picture.shape).astype(np.uint8)
    else:
        over = filling.inpaint(spread(picture, rest), hole)
    return filling.blend(picture, over, filling.soft_around(hole) * inside)


def pasted(picture: Picture, crop: Picture, place: Mask, inside: Mask) -> Picture:
    """(H, W, 3) uint8, a crop (h, w, 3) on the rectangle around ``place``, as far as the object reaches."""
    rows, columns = places.span(place)
    over = picture.copy()
    size = (columns.stop - columns.start, rows.stop - rows.start)
    over[rows, columns] = cv2.resize(np.ascontiguousarray(crop), size, interpolation=cv2.INTER_LINEAR)
    return filling.blend(picture, over, filling.soft(place) * (place & inside))
