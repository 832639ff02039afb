"""The cues, one small function each. The cue "background" is the family itself (``render.py``).

A cue takes a layer (side, side, 3) in 0..1, the object's mask, its value (0 or 1) and its own
random numbers, and returns the layer. A backdrop cue lies behind the object, so that the object's
mask stays exact; an object cue paints the object; an overlay cue changes the finished picture.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from benchmarks.planted.backgrounds import Layer

Mask = NDArray[np.bool_]
Paint = Callable[[Layer, Mask, int, np.random.Generator], Layer]
GLYPHS = ("110101110101101", "111001010010010")  # "R" and "7", three columns by five rows


@dataclass(frozen=True)
class Cue:
    stage: Literal["backdrop", "object", "overlay"]
    paint: Paint


def _stamp(side: int) -> Layer:
    """A light plate with dark letters, (7, 9, 3) at side 48 and in proportion otherwise."""
    plate = np.full((7, 9), 0.95, dtype=np.float32)
    for i, glyph in enumerate(GLYPHS):
        bits = np.array([bit == "1" for bit in glyph]).reshape(5, 3)
        plate[1:6, 1 + 4 * i : 4 + 4 * i][bits] = 0.05
    if side > 48:
        plate = ndimage.zoom(plate, side / 48, order=0, grid_mode=True, mode="nearest")
    return np.repeat(plate[:, :, None], 3, axis=2)


def _tag_at(layer: Layer, corner: int) -> Layer:
    """The layer with the tag in corner 0 to 3, one pixel from the edges."""
    stamp, tagged = _stamp(len(layer)), layer.copy()
    height, width = stamp.shape[:2]
    top = 1 if corner < 2 else len(layer) - 1 - height
    left = 1 if corner % 2 == 0 else len(layer) - 1 - width
    tagged[top : top + height, left : left + width] = stamp
    return tagged


def tag(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """A text tag, always in the top left corner."""
    return _tag_at(layer, 0) if value else layer


def roaming_tag(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """The same tag in a random corner."""
    corner = int(rng.integers(4))
    return _tag_at(layer, corner) if value else layer


def ruler(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """Ticks along the bottom edge, every other one longer."""
    if not value:
        return layer
    side, marked = len(layer), layer.copy()
    for i, at in enumerate(range(2, side, max(4, side // 12))):
        marked[side - (5 if i % 2 else 3) :, at : at + 1] = (0.9, 0.9, 0.1)
    return marked


def watermark(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """A half-transparent diagonal pattern over the whole picture."""
    if not value:
        return layer
    side = len(layer)
    down, right = np.mgrid[:side, :side]
    stripes = ((down + right) % 8 < 2) & ((down // 3) % 3 > 0)
    return np.where(stripes[:, :, None], 0.72 * layer + 0.28, layer).astype(np.float32)


def frame(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """A dark frame: every picture has one, its width is the cue."""
    side = len(layer)
    wide = round(side * (0.09 if value else 0.03))
    inside = np.zeros((side, side, 1), dtype=bool)
    inside[wide : side - wide, wide : side - wide] = True
    return np.where(inside, layer, np.float32(0.06)).astype(np.float32)


def sticker(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """A small two-coloured disc somewhere on the background."""
    side, radius = len(layer), len(layer) * 0.07
    down, right = np.mgrid[:side, :side]
    spots = rng.uniform(radius, side - radius, (12, 2))
    discs = [np.hypot(down + 0.5 - y, right + 0.5 - x) for y, x in spots]
    disc = min(discs, key=lambda d: int((mask & (d < radius + 1)).sum()))
    if not value:
        return layer
    ring = np.where((disc < radius * 0.55)[:, :, None], (1.0, 0.9, 0.1), (0.85, 0.1, 0.5))
    return np.where((disc < radius)[:, :, None], ring, layer).astype(np.float32)


def tint(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """Warm or cool light over everything."""
    gains = (1.2, 1.0, 0.8) if value else (0.8, 1.0, 1.2)
    return layer * np.array(gains, dtype=np.float32)


def blur(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """The background out of focus."""
    width = len(layer) / 24
    return ndimage.gaussian_filter(layer, (width, width, 0)).astype(np.float32) if value else layer


def collar(layer: Layer, mask: Mask, value: int, rng: np.random.Generator) -> Layer:
    """A bright band across the lower half of the object."""
    if not value:
        return layer
    rows, painted = np.flatnonzero(mask.any(axis=1)), layer.copy()
    height = rows[-1] - rows[0] + 1
    top = rows[0] + round(0.58 * height)
    painted[top : top + max(2, round(0.16 * height))] = (0.95, 0.15, 0.85)
    return painted


CUES = {
    "tag": Cue("backdrop", tag),
    "roaming-tag": Cue("backdrop", roaming_tag),
    "ruler": Cue("backdrop", ruler),
    "watermark": Cue("overlay", watermark),
    "frame": Cue("backdrop", frame),
    "sticker": Cue("backdrop", sticker),
    "tint": Cue("overlay", tint),
    "blur": Cue("backdrop", blur),
    "collar": Cue("object", collar),
}
