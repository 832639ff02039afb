"""Rooms: the indoor background of the pets."""

from itertools import pairwise

import numpy as np

from gradcam_core.projects.demos.scenes.draw import Array, Colour, blend, box
from gradcam_core.projects.demos.scenes.place import Place, begin

WALLS: tuple[Colour, ...] = (
    (0.82, 0.74, 0.62),
    (0.70, 0.62, 0.55),
    (0.80, 0.70, 0.66),
    (0.62, 0.60, 0.58),
    (0.78, 0.66, 0.50),
    (0.66, 0.56, 0.50),
)
FLOORS: tuple[Colour, ...] = (
    (0.55, 0.38, 0.24),
    (0.42, 0.28, 0.19),
    (0.64, 0.50, 0.36),
    (0.50, 0.45, 0.42),
)
FABRICS: tuple[Colour, ...] = (
    (0.50, 0.22, 0.20),
    (0.30, 0.32, 0.38),
    (0.55, 0.42, 0.28),
    (0.44, 0.36, 0.42),
)
CREAM: Colour = (0.86, 0.83, 0.78)
SHADE: Colour = (0.10, 0.08, 0.07)


def draw_room(rng: np.random.Generator, size: tuple[int, int], ground: float) -> Array:
    """A room (H, W, 3) whose wall meets the floor at ``ground`` (share of the height)."""
    place = begin(rng, size, ground)
    _wall(place)
    if rng.random() < 0.55:
        _window(place)
    else:
        _frames(place)
    _floor(place)
    _furniture(place)
    _lamp_light(place)
    return np.clip(place.picture, 0, 1)


def _wall(place: Place) -> None:
    plaster = 1 + 0.015 * place.noise(place.size[0] / 4, place.size[1] / 4, 2)
    place.picture[:] = place.pick(WALLS) * plaster[..., None]
    if place.rng.random() < 0.4:
        stripes = np.clip(8 * np.sin(2 * np.pi * place.at.x * place.rng.uniform(7, 16)), 0, 1)
        blend(place.picture, 0.10 * stripes, (0.45, 0.35, 0.30))


def _window(place: Place) -> None:
    left = place.rng.uniform(-0.05, place.wide - 0.3)
    right = left + place.rng.uniform(0.28, 0.42)
    bottom = place.ground - place.rng.uniform(0.14, 0.24)
    place.block(left, -0.1, right, bottom, (0.90, 0.88, 0.84))
    glow = 0.93 - 0.25 * place.at.y[..., None] * np.asarray((1.2, 0.9, 0.4), np.float32)
    middle = (left + right) / 2
    for first, last in ((left, middle), (middle, right)):
        place.block(first + 0.018, -0.1, last - 0.018, bottom - 0.03, glow)
    place.block(left - 0.02, bottom, right + 0.02, bottom + 0.025, (0.80, 0.78, 0.74))


def _frames(place: Place) -> None:
    rng, left = place.rng, place.rng.uniform(-0.05, place.wide - 0.3)
    for _ in range(rng.integers(1, 3)):
        top, tall, broad = rng.uniform(0.03, 0.15), rng.uniform(0.14, 0.24), rng.uniform(0.14, 0.26)
        outer = box(place.at, left, top, left + broad, top + tall)
        place.fill(box(place.at, left, top, left + broad + 0.015, top + tall + 0.02), SHADE, 0.35, 4)
        place.fill(outer, place.pick(FLOORS))
        place.fill(outer + 0.018, place.pick(FABRICS))
        place.fill(outer + 0.05, place.pick(WALLS), soft=6)
        left = (left + broad + rng.uniform(0.08, 0.3)) % place.wide


def _floor(place: Place) -> None:
    at, ground, rng = place.at, place.ground, place.rng
    colour = place.pick(FLOORS)
    depth = np.clip((at.y - ground) / (1 - ground), 0, 1)
    grain = place.noise(place.size[0] / 5, 5, 3)
    place.fill(ground - at.y, colour * (0.85 + 0.25 * depth + 0.05 * grain)[..., None])
    across = (at.x - rng.uniform(0.2, 0.8)) / (0.35 + np.clip(at.y - ground, 0, 1))
    seam = np.abs(((across * rng.uniform(4, 7)) % 1) - 0.5) > 0.485
    blend(place.picture, 0.5 * (seam & (at.y > ground)).astype(np.float32), 0.45 * colour)
    place.block(-1, ground - rng.uniform(0.03, 0.05), 9, ground, CREAM)
    place.fill(box(at, -1, ground, 9, ground + 0.012), SHADE, 0.5, 3)


def _furniture(place: Place) -> None:
    rng = place.rng
    kind, side = rng.integers(4), -1 if rng.random() < 0.5 else 1
    edge = rng.uniform(0.0, 0.3) if side < 0 else place.wide - rng.uniform(0.0, 0.3)
    left, right = sorted((edge, edge + side * 0.8))
    if kind == 0:
        _sofa(place, left, right)
    elif kind == 1:
        _shelf(place, left, right)
    if kind == 2 or rng.random() < 0.35:
        _rug(place)


def _rug(place: Place) -> None:
    rng = place.rng
    centre = rng.uniform(0.3, 0.7) * place.wide, rng.uniform(place.ground + 0.12, 0.98)
    rug = place.disc(centre, (rng.uniform(0.35, 0.5), 0.1))
    place.fill(rug, place.pick(FABRICS))
    place.fill(np.abs(rug + 0.03) - 0.008, CREAM, 0.7)


def _sofa(place: Place, left: float, right: float) -> None:
    ground = place.ground
    fabric = place.pick(FABRICS) * (1 + 0.06 * place.noise(60, 60, 2))[..., None]
    top = ground - place.rng.uniform(0.2, 0.3)
    for x0, y0, x1, y1, tone in (
        (left, top, right, ground + 0.05, 0.85),
        (left - 0.01, ground - 0.11, right + 0.01, ground + 0.02, 1.1),
        (left - 0.03, ground - 0.17, left + 0.07, ground + 0.06, 1.0),
        (right - 0.07, ground - 0.17, right + 0.03, ground + 0.06, 1.0),
    ):
        shape = box(place.at, x0, y0, x1, y1)
        place.fill(shape - 0.015, SHADE, 0.4, 6)
        place.fill(shape, fabric * tone)


def _shelf(place: Place, left: float, right: float) -> None:
    rng, ground, wood = place.rng, place.ground, place.pick(FLOORS)
    top = rng.uniform(0.02, 0.2)
    place.block(left, top, right, ground + 0.02, 0.45 * wood)
    for upper, lower in pairwise(np.linspace(top, ground, rng.integers(3, 5)).tolist()):
        x = left + 0.02
        while x < right - 0.03:
            broad, high = rng.uniform(0.02, 0.05), (lower - upper) * rng.uniform(0.55, 0.88)
            spine = rng.uniform(0.25, 1.2) * place.pick(FABRICS)
            place.block(x, lower - high, min(x + broad, right - 0.02), lower, spine)
            x += broad + 0.004 + 0.08 * float(rng.random() < 0.12)
        place.block(left, lower - 0.012, right, lower + 0.012, wood)
    for x in (left, right):
        place.block(x - 0.012, top, x + 0.012, ground + 0.02, wood)


def _lamp_light(place: Place) -> None:
    lamp = place.rng.uniform(0, place.wide), place.rng.uniform(-0.1, 0.4)
    away = np.hypot(place.at.x - lamp[0], 0.8 * (place.at.y - lamp[1]))
    place.picture[:] *= (1.12 - 0.38 * np.clip(away, 0, 1.4))[..., None]
