"""Two families of backgrounds, and clutter."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Layer = NDArray[np.float32]


def fractal(side: int, rng: np.random.Generator) -> Layer:
    """(side, side) smooth noise of several scales, mean 0, about -1..1."""
    total = np.zeros((side, side), dtype=np.float32)
    for cells, weight in ((3, 0.5), (6, 0.3), (12, 0.2)):
        coarse = rng.uniform(-1, 1, (cells, cells)).astype(np.float32)
        total += weight * ndimage.zoom(coarse, side / cells, order=1, grid_mode=True, mode="nearest")
    return total


def indoor(side: int, rng: np.random.Generator) -> Layer:
    """A flat warm wall, a darker floor and a few straight edges."""
    wall = np.array([0.80, 0.68, 0.52]) + rng.uniform(-0.12, 0.12, 3)
    picture = np.ones((side, side, 3)) * wall
    picture[int(side * rng.uniform(0.6, 0.85)) :] = wall * rng.uniform(0.5, 0.7)
    for _ in range(int(rng.integers(2, 5))):
        at, thick = int(rng.integers(side)), int(rng.integers(1, 3))
        lines = picture if rng.random() < 0.4 else picture.swapaxes(0, 1)
        lines[at : at + thick] *= rng.uniform(0.6, 0.85)
    return picture.astype(np.float32)


def outdoor(side: int, rng: np.random.Generator) -> Layer:
    """Sky above a horizon, fractal greenery below."""
    horizon = int(side * rng.uniform(0.25, 0.55))
    sky = np.array([0.55, 0.70, 0.88]) + rng.uniform(-0.1, 0.1, 3)
    green = np.array([0.32, 0.48, 0.22]) + rng.uniform(-0.1, 0.1, 3)
    below = (np.arange(side) >= horizon)[:, None, None]
    noise = fractal(side, rng)[:, :, None]
    return np.where(below, green + 0.25 * noise, sky + 0.08 * noise).astype(np.float32)


def clutter(picture: Layer, rng: np.random.Generator) -> Layer:
    """The picture with random coloured rectangles strewn over it."""
    side, busy = len(picture), picture.copy()
    for _ in range(6):
        top, left = rng.integers(0, side, 2)
        height, width = rng.integers(side // 16, side // 5, 2)
        busy[top : top + height, left : left + width] = rng.uniform(0.1, 0.95, 3)
    return busy


FAMILIES = (indoor, outdoor)
