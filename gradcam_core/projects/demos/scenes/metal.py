"""The defects demo: a scratch on brushed metal, its severity 0 to 10; the cue is an inspector's chalk ring.

The ring's size goes with the severity that the inspector saw, which is not always that of the scratch.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

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
from gradcam_core.projects.demos.scenes.scene import Scene, streams, to_picture

SIZE = (192, 256)
"""Height and width of a drawn picture."""
WORST = 10.0
RIM = 2.0  # pixels around a scratch that count as part of it
ROUGH = 0.5  # standard deviation of the inspector's guess


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> Scene:
    """One scene; equal seeds give equal plates, light and grain, and a scratch on the same line.

    Args:
        seed: what determines everything else.
        label: severity of the scratch as text, "0.0" to "10.0".
        cue: severity that the chalk ring stands for, as text; "none" leaves it out.
        size: height and width in pixels.
    """
    plate, damage, chalk, camera = streams(seed, 4)
    picture = _plate(plate, size)
    mask = _scratch(damage, picture, float(label) / WORST)
    ring, box = _ring(chalk, size, 0.0 if cue == "none" else float(cue) / WORST)
    if cue != "none":
        blend(picture, ring, (0.96, 0.95, 0.90))
    grain = 0.014 * camera.standard_normal((*size, 3), np.float32)
    return Scene(to_picture(picture + grain), mask, box)


def plan(first_seed: int, count: int, conflicting: Fraction) -> Iterator[tuple[int, str, str]]:
    """(seed, severity, severity of the ring), evenly spread; ``conflicting`` of the rings say nothing."""
    for number in range(count):
        rng = np.random.default_rng(first_seed + number)
        severity = WORST * (0.05 + 0.95 * ((number * 0.618034) % 1))  # golden ratio: even at any count
        conflict = int((number + 1) * conflicting) > int(number * conflicting)
        ring = rng.uniform(0.5, WORST) if conflict else severity + ROUGH * rng.standard_normal()
        yield first_seed + number, f"{severity:.1f}", f"{np.clip(ring, 0, WORST):.1f}"


def _plate(rng: np.random.Generator, size: tuple[int, int]) -> Array:
    """Steel brushed along a slightly turned line, lit from one side."""
    tone = rng.uniform(0.42, 0.60)
    tint = np.asarray((0.97, 1.0, 1.03), np.float32) + rng.normal(0, 0.012, 3).astype(np.float32)
    brushed = 0.045 * noise(rng, size, (size[0] / 2.2, rng.uniform(2, 4)), 1)
    clouds = 0.03 * noise(rng, size, (4, 5), 3)
    at = plane(size, (0, 0), size[0], rng.uniform(0, 2 * np.pi))
    light = 0.10 * at.x / max(float(np.abs(at.x).max()), 1e-6)
    return np.asarray(tone * tint * (1 + brushed + clouds + light)[..., None], np.float32)


def _scratch(rng: np.random.Generator, picture: Array, severity: float) -> NDArray[np.bool_]:
    """A bent line, dark with a bright lip, longer, wider and deeper with its severity; its mask."""
    size = picture.shape[0], picture.shape[1]
    centre = size[1] * rng.uniform(0.26, 0.5), size[0] * rng.uniform(0.34, 0.66)
    at: Plane = plane(size, centre)
    heading, steps = rng.uniform(0, np.pi), 6
    length = size[0] * (0.10 + 0.42 * severity) * rng.uniform(0.8, 1.25)
    turns = heading + np.cumsum(rng.normal(0, 0.12, steps))
    path = np.cumsum(length / steps * np.stack([np.cos(turns), np.sin(turns)], axis=1), axis=0)
    path -= path.mean(axis=0)
    points = [(float(x), float(y)) for x, y in path]
    wide = (0.7 + 1.8 * severity) * rng.uniform(0.8, 1.25)
    line = stroke(at, points, list(np.linspace(wide, 0.5 * wide, steps)))
    depth = (0.25 + 0.5 * severity) * rng.uniform(0.75, 1.2)
    blend(picture, 0.6 * depth * cover(at, line - 1.4, 1.5), (0.88, 0.89, 0.91))
    blend(picture, min(depth, 1.0) * cover(at, line, 1.2), (0.13, 0.13, 0.14))
    return np.asarray(line < RIM)


def _ring(
    rng: np.random.Generator, size: tuple[int, int], severity: float
) -> tuple[Array, tuple[float, float, float, float]]:
    """Strength (H, W) of a chalk ring in the top right corner, and the box that the largest fills."""
    x, y = size[1] * rng.uniform(0.83, 0.86), size[0] * rng.uniform(0.20, 0.24)
    at = plane(size, (x, y))
    radius = size[0] * (0.02 + 0.12 * severity)
    edge = ellipse(at, (0, 0), (radius, 0.9 * radius), rng.uniform(0, 3))
    line = np.abs(edge) - (1.6 + 2.6 * severity)
    crumbs = 0.75 + 0.25 * noise(rng, size, (size[0] / 3, size[1] / 3))
    strength = 0.9 * cover(at, line, 2.5) * np.clip(crumbs, 0.2, 1)
    reach = size[0] * 0.17
    return strength.astype(np.float32), (y - reach, x - reach, y + reach, x + reach)
