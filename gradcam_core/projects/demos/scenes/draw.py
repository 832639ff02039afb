"""Drawing primitives in NumPy: planes, distances, coverage, noise and layers.

Shapes are signed distances (negative inside), so that edges are antialiased exactly: the coverage of
a pixel follows from how far the edge is away. Colours are RGB floats 0..1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Point = tuple[float, float]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Plane:
    """Local coordinates of every pixel: ``x`` to the right, ``y`` down, ``pixel`` one pixel's size."""

    x: Array
    y: Array
    pixel: float


def plane(
    size: tuple[int, int],
    origin: Point = (0.0, 0.0),
    scale: float = 1.0,
    turn: float = 0.0,
    mirror: bool = False,
) -> Plane:
    """Local coordinates: ``origin`` (x, y) in pixels, ``scale`` pixels per unit, ``turn`` in radians."""
    rows, columns = np.mgrid[: size[0], : size[1]].astype(np.float32)
    dx, dy = (columns + 0.5 - origin[0]) / scale, (rows + 0.5 - origin[1]) / scale
    x = math.cos(turn) * dx + math.sin(turn) * dy
    y = -math.sin(turn) * dx + math.cos(turn) * dy
    return Plane(np.float32(-1 if mirror else 1) * x.astype(np.float32), y.astype(np.float32), 1.0 / scale)


def ellipse(at: Plane, centre: Point, radii: Point, turn: float = 0.0) -> Array:
    """Approximate signed distance to an ellipse."""
    dx, dy = at.x - centre[0], at.y - centre[1]
    x = math.cos(turn) * dx + math.sin(turn) * dy
    y = -math.sin(turn) * dx + math.cos(turn) * dy
    x, y = x / radii[0], y / radii[1]
    outer = _length(x, y)
    distance: Array = outer * (outer - 1) / np.maximum(_length(x / radii[0], y / radii[1]), 1e-4)
    return distance


def _length(x: Array, y: Array) -> Array:
    """Faster than ``np.hypot``, whose care for overflow is not needed here."""
    length: Array = np.sqrt(x * x + y * y)
    return length


def stroke(at: Plane, points: Sequence[Point], widths: Sequence[float]) -> Array:
    """Signed distance to a line through ``points`` whose half width changes along it."""
    best = np.full(at.x.shape, np.inf, np.float32)
    for (ax, ay), (bx, by), wide, narrow in zip(
        points[:-1], points[1:], widths[:-1], widths[1:], strict=True
    ):
        ux, uy = bx - ax, by - ay
        along = np.clip(((at.x - ax) * ux + (at.y - ay) * uy) / (ux * ux + uy * uy + 1e-9), 0, 1)
        distance = _length(at.x - (ax + along * ux), at.y - (ay + along * uy))
        best = np.minimum(best, distance - (wide + along * (narrow - wide)))
    return best


def polygon(at: Plane, points: Sequence[Point], rounding: float = 0.0) -> Array:
    """Signed distance to a polygon, grown and rounded by ``rounding``."""
    squared = np.full(at.x.shape, np.inf, np.float32)
    inside = np.zeros(at.x.shape, bool)
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        ux, uy = bx - ax, by - ay
        wx, wy = at.x - ax, at.y - ay
        along = np.clip((wx * ux + wy * uy) / (ux * ux + uy * uy + 1e-9), 0, 1)
        squared = np.minimum(squared, (wx - along * ux) ** 2 + (wy - along * uy) ** 2)
        crosses = (ay > at.y) != (by > at.y)
        inside ^= crosses & (wx * abs(uy) < wy * math.copysign(ux, ux * uy))
    distance: Array = np.sqrt(squared) * np.where(inside, -1, 1).astype(np.float32) - np.float32(rounding)
    return distance


def smooth(points: Sequence[Point]) -> list[Point]:
    """A closed outline with its corners cut once (Chaikin 1974)."""
    ends = zip(points, [*points[1:], points[0]], strict=True)
    return [
        (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        for a, b in ends
        for share in (0.25, 0.75)
    ]


def box(at: Plane, left: float, top: float, right: float, bottom: float) -> Array:
    """Signed distance to an upright rectangle (exact inside, Chebyshev outside)."""
    return np.maximum(np.maximum(left - at.x, at.x - right), np.maximum(top - at.y, at.y - bottom))


def melt(first: Array, second: Array, reach: float) -> Array:
    """Union of two shapes with a soft joint of size ``reach``."""
    share = np.clip(0.5 + 0.5 * (second - first) / reach, 0, 1)
    joined: Array = second + (first - second) * share - reach * share * (1 - share)
    return joined


def cover(at: Plane, distance: Array, soft: float = 1.0) -> Array:
    """Share 0..1 of every pixel that lies inside; ``soft`` pixels wide edge."""
    share: Array = np.clip(0.5 - distance / (at.pixel * soft), 0, 1)
    return share


@lru_cache(maxsize=1024)
def _spline(length: int, cells: float, phase: float) -> Array:
    """(length, cells + 4) cubic B-spline weights of a coarse grid at every pixel."""
    place = np.linspace(0, cells, length, endpoint=False) + phase + 1
    knots = np.arange(int(np.ceil(cells)) + 4)
    gap = np.abs(place[:, None] - knots[None, :])
    near = 2 / 3 - gap**2 + gap**3 / 2
    far = np.clip(2 - gap, 0, None) ** 3 / 6
    return np.where(gap < 1, near, far).astype(np.float32)


def noise(
    rng: np.random.Generator,
    size: tuple[int, int],
    cells: tuple[float, float],
    octaves: int = 1,
    gain: float = 0.5,
) -> Array:
    """Fractal noise, mean 0, standard deviation 1; ``cells`` (down, across) of the coarsest octave."""
    total = np.zeros(size, np.float32)
    for octave in range(octaves):
        down, across = (
            _spline(n, c * 2**octave, int(rng.integers(8)) / 8) for n, c in zip(size, cells, strict=True)
        )
        grid = rng.standard_normal((down.shape[1], across.shape[1]), np.float32)
        total += np.float32(gain**octave) * (down @ grid @ across.T)
    spread: Array = (total - total.mean()) / max(float(total.std()), 1e-6)
    return spread


def blend(picture: Array, share: Array, colour: Colour | Array) -> None:
    """Paint ``colour`` (one, or one per pixel) over ``picture`` in place where ``share`` is above 0."""
    rows, columns = np.flatnonzero(share.any(axis=1)), np.flatnonzero(share.any(axis=0))
    if not len(rows):
        return
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    paint = np.asarray(colour, np.float32)
    paint = paint[part] if paint.ndim == 3 else paint
    picture[part] += share[part][..., None].astype(np.float32) * (paint - picture[part])


def rounded(at: Plane, distance: Array, depth: float, light: Point = (-0.5, -0.7)) -> Array:
    """Brightness of a shape that bulges towards the viewer, about 0.6 (turned away) to 1.2."""
    inward = np.clip(-distance / depth, 0, 1)
    height = np.sqrt(1 - (1 - inward) ** 2) * depth / at.pixel
    down, across = np.gradient(height)
    slope = -(across * light[0] + down * light[1]) / np.sqrt(1 + across**2 + down**2)
    brightness: Array = (0.78 + 0.18 * inward + 0.3 * slope).astype(np.float32)
    return brightness


class Layer:
    """A transparent layer: colour and coverage, so that an object can be put before any background."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.colour: Array = np.zeros((*size, 3), np.float32)
        self.alpha: Array = np.zeros(size, np.float32)

    def paint(self, share: Array, colour: Colour | Array) -> None:
        """Paint over what is there; the coverage grows by ``share``."""
        blend(self.colour, ((share > 0) & (self.alpha == 0)).astype(np.float32), colour)
        blend(self.colour, share, colour)
        self.alpha = self.alpha + share - self.alpha * share

    def tint(self, share: Array, colour: Colour | Array) -> None:
        """Paint on what is there without growing it."""
        blend(self.colour, share, colour)

    def over(self, picture: Array) -> Array:
        """The layer in front of ``picture``."""
        share = self.alpha[..., None]
        result: Array = picture * (1 - share) + self.colour * share
        return result
