"""Where a control edit goes: places of exactly the same size that avoid what is being tested."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.suspicion import Place
from gradcam_core.base.types import Mask

Indices = NDArray[np.intp]
TRIES = 48
LARGEST = 0.4  # share of the picture from which a box is no spot but goes all around
RING = 0.12


def overlap(mask: Mask, avoid: Mask) -> float:
    """The share of ``mask`` that lies on ``avoid``."""
    return float((mask & avoid).sum() / max(1, int(mask.sum())))


def rolled(mask: Mask, rng: np.random.Generator) -> Mask:
    """(H, W) the mask moved by a random distance, around the edges: same shape, same area."""
    down, right = (int(rng.integers(1, max(2, side))) for side in mask.shape)
    return np.roll(mask, (down, right), axis=(0, 1))


def elsewhere(mask: Mask, avoid: Mask, rng: np.random.Generator) -> Mask:
    """(H, W) the mask at a random place off ``avoid``; the one that overlaps least where none is free."""
    return first_free((rolled(mask, rng) for _ in range(TRIES)), avoid)


def rectangle(size: tuple[int, int], box: Place, rim: int = 0) -> Mask:
    """(H, W) mask of a box (top, left, bottom, right) given in shares, grown by a rim of pixels."""
    (height, width), (top, left, bottom, right) = size, box
    mask = np.zeros(size, dtype=bool)
    rows = slice(max(0, round(top * height) - rim), min(height, round(bottom * height) + rim))
    columns = slice(max(0, round(left * width) - rim), min(width, round(right * width) + rim))
    mask[rows, columns] = True
    return mask


def marked(size: tuple[int, int], box: Place) -> Mask:
    """(H, W) mask of a mark: its box, or the outer ring where it runs all around the picture."""
    place = rectangle(size, box)
    if place.mean() < LARGEST:
        return place
    thick = max(1, round(RING * min(size)))
    place = np.ones(size, dtype=bool)
    place[thick:-thick, thick:-thick] = False
    return place


def mirrored(mask: Mask, avoid: Mask) -> Mask:
    """(H, W) the mask mirrored left-right, top-bottom or both, whichever overlaps ``avoid`` least."""
    return first_free((mask[:, ::-1], mask[::-1], mask[::-1, ::-1]), avoid | mask)


def far(mask: Mask, avoid: Mask, rng: np.random.Generator) -> Mask:
    """(H, W) a rectangle moved to a random place inside the picture, off itself and off ``avoid``."""
    return first_free((_inside(mask, rng) for _ in range(TRIES)), avoid | mask)


def _inside(mask: Mask, rng: np.random.Generator) -> Mask:
    rows, columns = span(mask)
    tall, wide = rows.stop - rows.start, columns.stop - columns.start
    top = int(rng.integers(0, mask.shape[0] - tall + 1))
    left = int(rng.integers(0, mask.shape[1] - wide + 1))
    moved = np.zeros_like(mask)
    moved[top : top + tall, left : left + wide] = mask[rows, columns]
    return moved


def span(mask: Mask) -> tuple[slice, slice]:
    """Rows and columns of the smallest rectangle around the mask; empty slices for an empty mask."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def first_free(candidates: Iterable[Mask], avoid: Mask, free: float = 0.02) -> Mask:
    """(H, W) the first that hardly overlaps ``avoid``, else the one that overlaps it least."""
    best, least = None, np.inf
    for mask in candidates:
        covered = overlap(mask, avoid)
        if covered < least:
            best, least = mask, covered
        if covered <= free:
            break
    assert best is not None
    return best
