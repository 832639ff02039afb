"""A cat or a dog. Only ears, muzzle, eyes and tail depend on the species; everything else is shared."""

from typing import Literal

import numpy as np

from gradcam_core.projects.demos.scenes.coat import Look, lay_coat
from gradcam_core.projects.demos.scenes.draw import Layer, Plane, Point, ellipse, melt, stroke
from gradcam_core.projects.demos.scenes.head import Pen, draw_head

Species = Literal["cat", "dog"]
FEET = 0.92
"""Where the feet stand, in the animal's own units below its origin."""


def draw_animal(rng: np.random.Generator, at: Plane, look: Look, species: Species) -> Layer:
    """The animal on a transparent layer; ``at`` has its origin in the body, a unit is half its height."""
    pen = Pen(Layer((at.x.shape[0], at.x.shape[1])), at, lay_coat(rng, at, look))
    _tail(pen, look, species)
    head = _sitting(pen, look) if look.sitting else _standing(pen, look)
    draw_head(pen, look, species, head)
    return pen.layer


def _tail(pen: Pen, look: Look, species: Species) -> None:
    root = (-0.22, 0.72) if look.sitting else (-0.62, 0.0)
    rise = 0.12 * look.shape
    if species == "cat":
        path = [(0, 0), (-0.22, 0.06), (-0.40, -0.06), (-0.47, -0.28 - rise), (-0.36, -0.44 - rise)]
        widths = [0.07, 0.06, 0.055, 0.05, 0.04]
    else:
        path = [(0, 0), (-0.14, -0.08), (-0.26, -0.22 - rise), (-0.28, -0.36 - rise)]
        widths = [0.09, 0.085, 0.07, 0.02]
    points: list[Point] = [(root[0] + x, root[1] + y) for x, y in path]
    pen.fur(stroke(pen.at, points, widths), 0.06)


def _sitting(pen: Pen, look: Look) -> Point:
    at, wide = pen.at, look.plump
    for side in (-1, 1):
        pen.fur(ellipse(at, (side * 0.27 * wide, 0.68), (0.19, 0.24)), 0.12, 0.9)
    body = melt(
        ellipse(at, (0, 0.45), (0.32 * wide, 0.45)),
        ellipse(at, (0.02 * look.gaze, 0.02), (0.22, 0.26)),
        0.15,
    )
    pen.fur(body, 0.3)
    if look.chest:
        pen.shade(ellipse(at, (0.02, 0.22), (0.13, 0.26)), look.pale, 6)
    for side in (-1, 1):
        leg = stroke(at, [(side * 0.13, 0.30), (side * 0.14, 0.84)], [0.08, 0.075])
        pen.fur(melt(leg, ellipse(at, (side * 0.15, 0.87), (0.11, 0.065)), 0.04), 0.09)
        pen.fur(ellipse(at, (side * 0.36 * wide, 0.88), (0.13, 0.06)), 0.08, 0.95)
    return 0.10 * look.gaze, -0.36


def _standing(pen: Pen, look: Look) -> Point:
    at, wide = pen.at, look.plump
    for x in (-0.36, 0.42):
        pen.fur(stroke(at, [(x, 0.2), (x - 0.02, 0.55), (x + 0.02, 0.86)], [0.13, 0.07, 0.06]), 0.1, 0.72)
    body = melt(
        stroke(at, [(-0.42, 0.08), (0.30, 0.06)], [0.25 * wide, 0.27 * wide]),
        stroke(at, [(0.34, 0.02), (0.50, -0.28)], [0.2, 0.15]),
        0.14,
    )
    pen.fur(body, 0.24)
    if look.chest:
        pen.shade(ellipse(at, (0.48, 0.06), (0.11, 0.22), 0.3), look.pale, 6)
    for x in (-0.52, 0.28):
        leg = stroke(at, [(x, 0.12), (x + 0.03, 0.5), (x, 0.85)], [0.15, 0.075, 0.065])
        pen.fur(melt(leg, ellipse(at, (x + 0.04, 0.88), (0.10, 0.05)), 0.04), 0.11)
    return 0.54, -0.42
