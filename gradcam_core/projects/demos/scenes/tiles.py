"""The tiles demo: a tiled wall, whole or with a stain or a crack; the cue is a lamp's reflection."""

import numpy as np

from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Plane,
    Point,
    blend,
    cover,
    ellipse,
    noise,
    plane,
    stroke,
)
from gradcam_core.projects.demos.scenes.scene import Scene, streams, to_picture

SIZE = (192, 256)
"""Height and width of a drawn picture."""
RIM = 3.0  # pixels around a defect that count as part of it


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> Scene:
    """One scene; equal seeds give equal tiles, light and grain whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: ``normal`` or ``anomaly``.
        cue: ``lamp`` or ``none``.
        size: height and width in pixels.
    """
    wall, damage, lamp, camera = streams(seed, 4)
    picture = _tiles(wall, size)
    mask = np.zeros(size, bool)
    if label == "anomaly":
        mask = (_stain if damage.random() < 0.5 else _crack)(damage, picture)
    glow, box = _reflection(lamp, size)
    if cue == "lamp":
        blend(picture, glow, (0.99, 0.98, 0.94))
    grain = 0.012 * camera.standard_normal((*size, 3), np.float32)
    return Scene(to_picture(picture + grain), mask, box)


def _tiles(rng: np.random.Generator, size: tuple[int, int]) -> Array:
    """Rows of square tiles with grout between them, each tile a little lighter or darker."""
    pitch = size[0] * rng.uniform(0.155, 0.175)
    at = plane(size, (rng.uniform(0, pitch), rng.uniform(0, pitch)), pitch, rng.normal(0, 0.02))
    tone = 0.02 * rng.standard_normal((24, 24), np.float32)
    rows, columns = (np.floor(axis).astype(int) % 24 for axis in (at.y, at.x))
    colour = np.asarray((0.52, 0.60, 0.63), np.float32) + rng.normal(0, 0.015, 3).astype(np.float32)
    picture: Array = colour * (1 + tone[rows, columns])[..., None]
    picture = picture * (1 + 0.02 * noise(rng, size, (9, 12), 3))[..., None]
    edge = 0.5 - np.maximum(np.abs(at.x % 1 - 0.5), np.abs(at.y % 1 - 0.5))
    blend(picture, cover(at, edge - 0.045, 1.5), (0.45, 0.50, 0.52))
    light = 1.06 - 0.14 * np.linspace(0, 1, size[0], dtype=np.float32)[:, None, None]
    return np.asarray(picture * light, np.float32)


def _place(rng: np.random.Generator, size: tuple[int, int]) -> Point:
    """Where a defect is: left or low enough never to meet the reflection."""
    return size[1] * rng.uniform(0.12, 0.62), size[0] * rng.uniform(0.38, 0.84)


def _stain(rng: np.random.Generator, picture: Array) -> Array:
    """A brownish stain with a ragged edge; its mask."""
    size = picture.shape[0], picture.shape[1]
    at = plane(size, _place(rng, size))
    radii = size[0] * rng.uniform(0.06, 0.11), size[0] * rng.uniform(0.05, 0.09)
    edge = ellipse(at, (0, 0), radii, rng.uniform(0, 3)) + 2.5 * noise(rng, size, (14, 18), 2)
    blend(picture, rng.uniform(0.35, 0.8) * cover(at, edge, 5), (0.36, 0.26, 0.16))
    return np.asarray(edge < RIM)


def _crack(rng: np.random.Generator, picture: Array) -> Array:
    """A dark jagged line that gets thinner; its mask."""
    size = picture.shape[0], picture.shape[1]
    at: Plane = plane(size, _place(rng, size))
    heading, steps = rng.uniform(0, 2 * np.pi), 7
    turns = heading + rng.normal(0, 0.55, steps)
    length = size[0] * rng.uniform(0.045, 0.065)
    path = np.cumsum(length * np.stack([np.cos(turns), np.sin(turns)], axis=1), axis=0)
    path -= path.mean(axis=0)
    line = stroke(at, [(float(x), float(y)) for x, y in path], list(np.linspace(2.4, 0.9, steps)))
    blend(picture, rng.uniform(0.6, 0.95) * cover(at, line, 1.2), (0.10, 0.10, 0.11))
    return np.asarray(line < RIM)


def _reflection(
    rng: np.random.Generator, size: tuple[int, int]
) -> tuple[Array, tuple[float, float, float, float]]:
    """Strength (H, W) of a lamp's reflection in the top right corner, and its box."""
    x, y = size[1] * rng.uniform(0.85, 0.91), size[0] * rng.uniform(0.13, 0.17)
    wide, high = size[0] * rng.uniform(0.10, 0.13), size[0] * rng.uniform(0.07, 0.09)
    at = plane(size, (x, y))
    strength = 0.85 * np.clip(0.5 - ellipse(at, (0, 0), (wide, high)) / 12, 0, 1)
    soft = 6
    return strength.astype(np.float32), (y - high - soft, x - wide - soft, y + high + soft, x + wide + soft)
