"""Lawns: the outdoor background of the pets."""

import numpy as np

from gradcam_core.projects.demos.scenes.draw import Array, Colour, blend, noise, polygon, stroke
from gradcam_core.projects.demos.scenes.place import Place, begin

FLOWERS: tuple[Colour, ...] = ((0.95, 0.92, 0.80), (0.92, 0.80, 0.25), (0.80, 0.45, 0.55))


def draw_lawn(rng: np.random.Generator, size: tuple[int, int], ground: float) -> Array:
    """A lawn under a sky (H, W, 3) whose horizon lies at ``ground`` (share of the height)."""
    place = begin(rng, size, ground)
    _sky(place)
    _hills(place)
    _grass(place)
    for _ in range(rng.integers(0, 3)):
        _tree(place)
    if rng.random() < 0.3:
        _fence(place)
    return np.clip(place.picture, 0, 1)


def _sky(place: Place) -> None:
    top = np.asarray((0.36, 0.56, 0.82), np.float32) * place.rng.uniform(0.85, 1.1)
    low = np.asarray((0.78, 0.86, 0.92), np.float32)
    place.picture[:] = top + np.clip(place.at.y / place.ground, 0, 1)[..., None] * (low - top)
    clouds = 0.35 * place.noise(4, 2.5, 5, 0.55) + place.rng.uniform(-0.3, 0.3)
    blend(place.picture, np.clip(clouds, 0, 0.85), (0.95, 0.95, 0.96))


def _hills(place: Place) -> None:
    rng, across = place.rng, place.size[1]
    leaves = place.noise(place.size[0] / 9, across / 9, 3, 0.7)
    for lift, colour in ((0.12, (0.36, 0.47, 0.45)), (0.05, (0.20, 0.33, 0.17))):
        ridge = noise(rng, (1, across), (1, rng.uniform(2, 7)), 4)[0] * 0.03 + lift * rng.uniform(0.5, 1.5)
        edge = (place.ground - ridge)[None, :] - place.at.y + 0.006 * leaves
        place.fill(edge, np.asarray(colour) * (1 + 0.16 * leaves)[..., None], soft=1.5)


def _grass(place: Place) -> None:
    rng, at, ground = place.rng, place.at, place.ground
    depth = np.clip((at.y - ground) / (1 - ground), 0, 1)
    fine = place.noise(place.size[0] / 4, place.size[1] / 2.2)
    coarse = place.noise(place.size[0] / 10, place.size[1] / 5, 2)
    light = 0.86 + depth * (0.22 + 0.12 * fine + 0.12 * coarse) + 0.07 * place.noise(6, 3, 3)
    colour = np.asarray((0.33, 0.47, 0.17)) * rng.uniform(0.8, 1.2) + rng.normal(0, 0.02, 3)
    place.fill(ground - at.y + 0.004 * fine, colour * light[..., None])
    if rng.random() < 0.4:
        tint = FLOWERS[rng.integers(len(FLOWERS))]
        for x, y in rng.uniform((-0.1, ground + 0.05), (1.6, 1), (40, 2)).tolist():
            place.fill(np.hypot(at.x - x, at.y - y) - 0.004 - 0.008 * (y - ground), tint)


def _tree(place: Place) -> None:
    rng, at = place.rng, place.at
    x, foot = rng.uniform(0, place.wide), place.ground + rng.uniform(0.0, 0.10)
    high, thick = rng.uniform(0.3, 0.55), rng.uniform(0.015, 0.035)
    bark = np.asarray((0.30, 0.23, 0.17)) * (0.9 + 0.15 * place.noise(8, 70, 2))[..., None]
    path = [(x, foot), (x + rng.normal(0, 0.02), foot - high)]
    place.fill(stroke(at, path, [thick * 1.3, thick * 0.7]), bark)
    leaves = place.noise(26, 26, 3, 0.8)
    light = rng.uniform(0.8, 1.3) * (0.95 - 1.2 * (at.y - foot + high) + 0.2 * leaves)
    edge = _crown(place, x, foot - high) + 0.018 * leaves
    place.fill(edge, np.asarray((0.19, 0.33, 0.12)) * light[..., None], soft=1.5)


def _crown(place: Place, x: float, y: float) -> Array:
    rng, crown = place.rng, np.full(place.size, 9.0, np.float32)
    for _ in range(6):
        centre = x + rng.normal(0, 0.07), y + rng.normal(-0.03, 0.05)
        radii = rng.uniform(0.07, 0.15), rng.uniform(0.06, 0.12)
        crown = np.minimum(crown, place.disc(centre, radii))
    return crown


def _fence(place: Place) -> None:
    rng, foot = place.rng, place.ground + 0.06
    top, tone = place.ground - rng.uniform(0.06, 0.12), rng.uniform(0.5, 0.9)
    colour: Colour = (tone, tone * 0.93, tone * 0.85)
    for y in (top + 0.02, top + 0.07):
        place.block(-1, y, 9, y + 0.016, colour)
    for x in np.arange(rng.uniform(0, 0.1), place.wide + 0.1, rng.uniform(0.09, 0.14)).tolist():
        post = [(x, foot), (x, top), (x + 0.014, top - 0.015), (x + 0.028, top), (x + 0.028, foot)]
        place.fill(polygon(place.at, post), colour)
