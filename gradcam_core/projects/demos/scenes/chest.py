"""A chest X-ray of either class. Only the cloudy opacities inside the lungs depend on the finding."""

from dataclasses import dataclass

import numpy as np

from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Plane,
    Point,
    cover,
    ellipse,
    melt,
    noise,
    plane,
    polygon,
    smooth,
    stroke,
)

LUNG: tuple[Point, ...] = (
    (0.055, 0.25),
    (0.075, 0.155),
    (0.125, 0.120),
    (0.185, 0.165),
    (0.240, 0.290),
    (0.275, 0.440),
    (0.290, 0.590),
    (0.285, 0.680),
    (0.215, 0.630),
    (0.130, 0.615),
    (0.065, 0.645),
    (0.050, 0.450),
)
"""One lung's outline: distance from the midline and from the top, in picture heights."""


@dataclass(frozen=True)
class Body:
    """One patient on the detector: coordinates, both lungs' signed distance, and the heart's."""

    at: Plane
    lungs: Array
    heart: Array
    floor: float


def lay_body(rng: np.random.Generator, size: tuple[int, int]) -> Body:
    """Position, build and breath of a patient; the same for both classes."""
    middle = size[1] / 2 + rng.normal(0, 0.018) * size[0]
    scale = size[0] * rng.uniform(0.94, 1.08)
    at = plane(size, (middle, size[0] * rng.normal(0.01, 0.02)), scale, rng.normal(0, 0.025))
    wide = rng.uniform(0.095, 0.125)
    apex = ellipse(at, (rng.uniform(0.07, 0.09), 0.59), (wide, 0.10), 0.35)
    heart = melt(apex, ellipse(at, (0.015, 0.52), (0.085, 0.15)), 0.10)
    breath, broad = rng.uniform(0.93, 1.07), rng.uniform(0.92, 1.04)
    sides = [
        polygon(
            at,
            [(side * x * broad, y * breath + (0.02 if side > 0 else 0.0)) for x, y in smooth(LUNG)],
            0.018,
        )
        for side in (-1, 1)
    ]
    lungs = np.maximum(np.minimum(*sides), 0.012 - heart)
    return Body(at, lungs, heart, 0.66 * breath)


def draw_chest(rng: np.random.Generator, body: Body) -> Array:
    """The X-ray (H, W), about 0..1, without finding and without marker."""
    at, size = body.at, body.at.x.shape
    side, down = np.abs(at.x), at.y
    soft = 0.62 + 0.05 * noise(rng, size, (3, 3), 3) + 0.10 * np.clip(down - 0.5, 0, 1)
    lung = _soft(body.lungs, 0.022)
    film = soft - 0.36 * lung * (1 - 0.25 * np.clip(down - 0.3, 0, 1))
    film += 0.09 * _soft(body.heart, 0.035) + 0.12 * _soft(side - 0.055, 0.05)
    film += 0.05 * _soft(ellipse(at, (0.05, 0.29), (0.035, 0.05)), 0.02)
    film += 0.045 * _soft(side - 0.032, 0.008) * (1 + 0.5 * np.sign(np.sin(2 * np.pi * down / 0.052)))
    film += _vessels(rng, body) * lung + _ribs(rng, body) + _shoulders(rng, at)
    film -= 0.10 * _soft(side - 0.012, 0.012) * _soft(down - 0.26, 0.03)
    film -= 0.6 * _soft(0.33 + 0.10 * np.clip(0.3 - down, 0, 1) * 3 - side, 0.02) * _soft(0.17 - down, 0.06)
    result: Array = (film + 0.012 * noise(rng, size, (40, 30), 2)).astype(np.float32)
    return result


def _soft(distance: Array, width: float) -> Array:
    """A shape with a penumbra: 1 inside, 0 outside, ``width`` in picture heights."""
    share: Array = 1 / (1 + np.exp(np.clip(distance / (width / 3), -30, 30)))
    return share


def _vessels(rng: np.random.Generator, body: Body) -> Array:
    at, size = body.at, body.at.x.shape
    hilum = np.exp(-((np.abs(at.x) - 0.085) ** 2 + (at.y - 0.39) ** 2) / 0.0045)
    near = np.exp(-((np.abs(at.x) - 0.06) ** 2 / 0.012 + (at.y - 0.42) ** 2 / 0.04))
    web = 1 - np.abs(noise(rng, size, (14, 11), 3, 0.7))
    haze: Array = 0.10 * hilum + 0.07 * near * np.clip(web, 0, 1) + 0.018 * noise(rng, size, (9, 7), 4)
    return haze


def _ribs(rng: np.random.Generator, body: Body) -> Array:
    at = Plane(np.abs(body.at.x), body.at.y, body.at.pixel)
    pitch, tilt = rng.uniform(0.062, 0.072), rng.uniform(0.10, 0.22)
    back, front = (np.full(at.x.shape, np.inf, np.float32) for _ in range(2))
    for number in range(9):
        top, reach = 0.10 + number * pitch, min(0.13 + 0.035 * number, 0.31)
        bend = (reach, top + tilt * 0.6)
        path = [(0.03, top), (0.5 * reach, top - 0.012), (0.85 * reach, top + tilt * 0.25), bend]
        back = np.minimum(back, stroke(at, path, [0.011] * 4))
        path = [bend, (0.8 * reach, top + tilt * 0.95), (0.5 * reach, top + tilt * 1.15)]
        front = np.minimum(front, stroke(at, path, [0.011] * 3))
    total = np.maximum(0.075 * _bone(back), 0.04 * _bone(front))
    return np.where(at.y < body.floor + 0.05, total, 0.35 * total).astype(np.float32)


def _bone(line: Array) -> Array:
    """A rib is denser at its rim than along its middle."""
    dense: Array = _soft(line, 0.009) * (0.7 + 0.5 * np.exp(-((line + 0.002) ** 2) / 1.5e-5))
    return dense


def _shoulders(rng: np.random.Generator, at: Plane) -> Array:
    total = np.zeros_like(at.x)
    rise = rng.uniform(-0.01, 0.03)
    for sign in (-1, 1):
        clavicle = [
            (sign * 0.035, 0.165),
            (sign * 0.13, 0.135 - rise),
            (sign * 0.24, 0.10 - rise),
            (sign * 0.33, 0.085),
        ]
        total += 0.13 * _soft(stroke(at, clavicle, [0.016, 0.010, 0.011, 0.015]), 0.008)
        blade = [(sign * 0.30, 0.12), (sign * 0.275, 0.30), (sign * 0.33, 0.22)]
        total += 0.06 * _soft(polygon(at, blade, 0.01), 0.015)
        total += 0.14 * _soft(stroke(at, [(sign * 0.34, 0.10), (sign * 0.40, 0.40)], [0.045, 0.035]), 0.012)
    return total.astype(np.float32)


def draw_opacities(rng: np.random.Generator, body: Body) -> Array:
    """Cloudy brightening (H, W) inside the lungs: one to three patches of consolidation."""
    at = body.at
    cloud = np.zeros_like(at.x)
    for _ in range(rng.integers(1, 4)):
        sign = -1 if rng.random() < 0.5 else 1
        centre = (sign * rng.uniform(0.10, 0.22), rng.uniform(0.27, 0.58))
        radii = (rng.uniform(0.045, 0.085), rng.uniform(0.05, 0.11))
        ragged = ellipse(at, centre, radii, rng.uniform(0, 3)) + 0.016 * noise(rng, at.x.shape, (12, 9), 3)
        cloud = np.maximum(cloud, rng.uniform(0.14, 0.26) * _soft(ragged, 0.07))
    mottle = 1 + 0.22 * noise(rng, at.x.shape, (30, 22), 2)
    result: Array = (cloud * mottle * _soft(body.lungs, 0.02)).astype(np.float32)
    return result


def draw_leads(rng: np.random.Generator, at: Plane) -> Array:
    """Brightness (H, W) of an ECG lead and its electrode; on some pictures of both classes."""
    x, y = rng.uniform(-0.2, 0.2), rng.uniform(0.3, 0.6)
    along = np.linspace(0, 1, 9)
    sway = x + along**2 * rng.normal(0, 0.2) + 0.03 * np.sin(along * rng.uniform(3, 8))
    path = [(float(a), float(b)) for a, b in zip(sway, y + along * (1.1 - y), strict=True)]
    wire = 0.16 * cover(at, stroke(at, path, [0.004] * 9), 1.5)
    return np.maximum(wire, 0.30 * cover(at, ellipse(at, (x, y), (0.016, 0.016)), 1.5))
