"""Pictures of six simple patterns in any colours: what the backbone of the tiles demo is trained on."""

from collections.abc import Callable

import numpy as np

from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Plane,
    blend,
    cover,
    ellipse,
    noise,
    plane,
    stroke,
)


def draw(seed: int, size: tuple[int, int]) -> tuple[np.ndarray, int]:
    """A network input (H, W, 3), 0..1, and the index of its pattern."""
    rng = np.random.default_rng(seed)
    picture = rng.random(3) + 0.06 * noise(rng, size, (8, 10), 3)[..., None]
    picture = np.asarray(picture, np.float32)
    kind = seed % len(PATTERNS)
    at = plane(size, (rng.uniform(0, 20), rng.uniform(0, 20)), 1.0, rng.uniform(0, np.pi))
    share = PATTERNS[kind](rng, at)
    blend(picture, rng.uniform(0.4, 1) * share.astype(np.float32), tuple(rng.random(3)))
    return np.clip(picture, 0, 1), kind


def _stripes(rng: np.random.Generator, at: Plane) -> Array:
    return np.clip(3 * np.sin(2 * np.pi * at.x / rng.uniform(5, 16)), 0, 1)


def _checks(rng: np.random.Generator, at: Plane) -> Array:
    pitch = rng.uniform(5, 14)
    return ((np.floor(at.x / pitch) + np.floor(at.y / pitch)) % 2).astype(np.float32)


def _grid(rng: np.random.Generator, at: Plane) -> Array:
    pitch = rng.uniform(8, 20)
    return cover(at, np.minimum(np.abs(at.x % pitch - 2), np.abs(at.y % pitch - 2)) - 1)


def _spots(rng: np.random.Generator, at: Plane) -> Array:
    height, width = at.x.shape
    straight = plane((height, width))
    found = [
        ellipse(
            straight,
            (rng.uniform(0, width), rng.uniform(0, height)),
            (rng.uniform(3, 12), rng.uniform(3, 12)),
            rng.uniform(0, 3),
        )
        for _ in range(6)
    ]
    return cover(at, np.min(found, axis=0), rng.uniform(1, 4))


def _strokes(rng: np.random.Generator, at: Plane) -> Array:
    height, width = at.x.shape
    straight = plane((height, width))
    found = []
    for _ in range(4):
        points = [(rng.uniform(0, width), rng.uniform(0, height)) for _ in range(3)]
        found.append(stroke(straight, points, [rng.uniform(0.5, 2.5)] * 3))
    return cover(at, np.min(found, axis=0))


def _clouds(rng: np.random.Generator, at: Plane) -> Array:
    size = at.x.shape[0], at.x.shape[1]
    return np.clip(noise(rng, size, (rng.uniform(4, 14), rng.uniform(4, 14)), 2), 0, 1)


PATTERNS: tuple[Callable[[np.random.Generator, Plane], Array], ...] = (
    _stripes,
    _checks,
    _grid,
    _spots,
    _strokes,
    _clouds,
)
