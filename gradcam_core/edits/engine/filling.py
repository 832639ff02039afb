"""Filling holes and pasting objects: soft seams, and new pixels that come from real pictures only."""

import cv2
import numpy as np

from gradcam_core.base.types import Floats, Mask, Picture

RIM = 3
WIDE = 0.2  # of the width: a band to the side that is worth more than a larger one above or below
FEATHER = 0.006  # of the width: the edge rises from 10 % to 90 % within 1.5 % of the width


def resize(cover: Floats, size: tuple[int, int]) -> Floats:
    """(H, W) float32 shares 0..1 out of (h, w); as they are where the size fits."""
    if cover.shape == size:
        return cover
    return np.asarray(cv2.resize(cover, size[::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def dilate(mask: Mask, pixels: int) -> Mask:
    """(H, W) bool, the mask grown by a rim."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1,) * 2)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc), dtype=bool)


def grow(cover: Floats, share: float) -> Floats:
    """(H, W) float32, a box-shaped cover grown (or shrunk) by a share of its sides about its centre."""
    rows, columns = np.nonzero(cover >= 0.5)
    if not len(rows):
        return cover
    result = np.zeros_like(cover)
    spans = []
    for places, limit in zip((rows, columns), cover.shape, strict=True):
        first, last = int(places.min()), int(places.max()) + 1
        by = round((last - first) * share / 2)
        spans.append(slice(max(0, first - by), min(limit, last + by)))
    result[spans[0], spans[1]] = 1.0
    return result


def sigma(width: int) -> float:
    """Standard deviation of the soft edge in pixels."""
    return max(1.0, FEATHER * width)


def soft(mask: Mask) -> Floats:
    """(H, W) float32 in 0..1, the mask with a soft edge centred on its outline."""
    alpha = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma(mask.shape[1]))
    return np.asarray(alpha, dtype=np.float32)


def soft_around(mask: Mask) -> Floats:
    """(H, W) float32 in 0..1, 1 on the whole mask: the soft edge lies outside of it."""
    reach = int(np.ceil(2 * sigma(mask.shape[1])))
    return np.maximum(soft(dilate(mask, reach)), mask.astype(np.float32))


def blend(base: Picture, over: Picture, alpha: Floats) -> Picture:
    """(H, W, 3) uint8, ``over`` where alpha (H, W) is 1, ``base`` where it is 0."""
    weight = alpha[..., None]
    mixed = base.astype(np.float32) * (1 - weight) + over.astype(np.float32) * weight
    return np.asarray(np.rint(mixed), dtype=np.uint8)


def inpaint(picture: Picture, hole: Mask) -> Picture:
    """(H, W, 3) uint8, the hole painted from its surroundings (Telea 2004); the rest unchanged."""
    if hole.all() or not hole.any():
        return picture.copy()
    painted = cv2.inpaint(np.ascontiguousarray(picture), hole.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    return np.asarray(painted, dtype=np.uint8)


def free_band(hole: Mask) -> tuple[slice, slice]:
    """The largest band beside the hole: over the full height where one is wide enough, else any of four.

    Repeating a band to the side leaves sky above and ground below; repeating one from above or below
    makes layers that no picture has.
    """
    height, width = hole.shape
    rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    every = slice(None)
    if not len(rows):
        return every, every
    side = max((slice(0, int(columns[0])), slice(int(columns[-1]) + 1, width)), key=_length)
    band = max((slice(0, int(rows[0])), slice(int(rows[-1]) + 1, height)), key=_length)
    wide = _length(side) / width
    return (every, side) if wide >= WIDE or wide >= _length(band) / height else (band, every)


def _length(part: slice) -> int:
    return int(part.stop - part.start)


def mirror_tiles(patch: Picture, size: tuple[int, int]) -> Picture:
    """(H, W, 3) uint8, a patch repeated in mirror image; no seams between the tiles."""
    add = [max(0, want - have) for want, have in zip(size, patch.shape[:2], strict=True)]
    full = np.pad(patch, ((0, add[0]), (0, add[1]), (0, 0)), mode="symmetric")
    return full[: size[0], : size[1]]


def tiles(picture: Picture, hole: Mask) -> Picture | None:
    """(H, W, 3) uint8 made of the free band beside the hole (H, W); None where it is too thin."""
    patch = picture[free_band(hole)]
    if min(patch.shape[:2]) < max(4, 0.06 * min(hole.shape)):
        return None
    return mirror_tiles(patch, (hole.shape[0], hole.shape[1]))


def match_ring(over: Picture, picture: Picture, hole: Mask) -> Picture:
    """(H, W, 3) uint8, ``over`` with the mean and spread of ``picture`` in the ring around the hole."""
    ring = dilate(hole, max(3, round(0.03 * hole.shape[1]))) & ~hole
    if ring.sum() < 8:
        return over
    want, have = picture[ring].astype(np.float32), over[hole].astype(np.float32)
    gain = np.clip(want.std(axis=0) / np.maximum(have.std(axis=0), 1.0), 0.5, 2.0)
    moved = (over.astype(np.float32) - have.mean(axis=0)) * gain + want.mean(axis=0)
    return np.asarray(np.clip(np.rint(moved), 0, 255), dtype=np.uint8)


def remove(picture: Picture, hole: Mask, filler: str) -> Picture:
    """(H, W, 3) uint8, the hole filled by ``inpaint`` or ``tiles`` of its surroundings, seam soft."""
    over = tiles(picture, hole) if filler == "tiles" else None
    over = inpaint(picture, hole) if over is None else match_ring(over, picture, hole)
    return blend(picture, over, soft_around(hole))
