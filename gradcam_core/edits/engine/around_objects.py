"""Edits of rows that are objects: what lies around an object, and around another one, at the same place.

A picture holds several objects, and the answer about one is read in its own cells. What is edited for it,
and what its control edits, therefore lies outside every object of the picture; and what is lent by another
picture is moved so that it lies around this object as it lay around that one.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from gradcam_core.base.suspicion import Place
from gradcam_core.base.types import Mask, Picture
from gradcam_core.edits.engine import places

Point = tuple[float, float]  # row, column
NEAR = 1.0  # of the object's own sides: how far on each side its surroundings reach
TURNS = 16


def centre(mask: Mask) -> Point:
    """The middle of the rectangle around a mask."""
    rows, columns = places.span(mask)
    return (rows.start + rows.stop - 1) / 2, (columns.start + columns.stop - 1) / 2


def moved(picture: Picture, source: Mask, target: Mask) -> Picture:
    """(H, W, 3) uint8, moved: what lay around ``source`` lies around ``target``; mirrored at edges."""
    (top, left), (down, right) = centre(source), centre(target)
    shift = np.array([[1, 0, round(right - left)], [0, 1, round(down - top)]], np.float32)
    size = (picture.shape[1], picture.shape[0])
    over = cv2.warpAffine(
        np.ascontiguousarray(picture),
        M=shift,
        dsize=size,
        flags=cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    return np.asarray(over, dtype=np.uint8)


def carried(box: Place, source: Mask, target: Mask) -> Place:
    """A box (in shares) that lies to ``target`` as it lay to ``source``, pushed inside the picture."""
    (top, left), (down, right) = centre(source), centre(target)
    ends = []
    for low, high, by in (
        (box[0], box[2], (down - top) / source.shape[0]),
        (box[1], box[3], (right - left) / source.shape[1]),
    ):
        first = min(max(low + by, 0.0), 1.0 - (high - low))
        ends.append((first, first + high - low))
    return ends[0][0], ends[1][0], ends[0][1], ends[1][1]


def around(mask: Mask) -> Mask:
    """(H, W) the rectangle around an object and its surroundings, three times its sides, cut at edges."""
    found = np.zeros_like(mask)
    grown = []
    for part, side in zip(places.span(mask), mask.shape, strict=True):
        by = round(NEAR * (part.stop - part.start))
        grown.append(slice(max(0, part.start - by), min(side, part.stop + by)))
    found[grown[0], grown[1]] = True
    return found


def as_far(spot: Mask, of: Mask, avoid: Mask, rng: np.random.Generator) -> Mask:
    """(H, W) the spot turned about an object, as far away elsewhere, off ``avoid`` and inside."""
    return places.first_free(_turned(spot, centre(of), rng), avoid | spot)


def _turned(spot: Mask, about: Point, rng: np.random.Generator) -> Iterator[Mask]:
    rows, columns = np.nonzero(spot)
    own = centre(spot)
    away = complex(own[1] - about[1], own[0] - about[0])
    for angle in rng.permutation(np.arange(1, TURNS)) * 2 * np.pi / TURNS:
        to = away * np.exp(1j * angle)
        down = _within(rows + round(about[0] + to.imag - own[0]), spot.shape[0])
        right = _within(columns + round(about[1] + to.real - own[1]), spot.shape[1])
        turned = np.zeros_like(spot)
        turned[down, right] = True
        yield turned


def _within(indices: places.Indices, side: int) -> places.Indices:
    """Indices pushed back inside the picture as one."""
    return indices - min(0, int(indices.min())) - max(0, int(indices.max()) - side + 1)
