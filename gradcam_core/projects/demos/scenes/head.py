"""The head: the shared skull, and what tells a cat from a dog (ears, muzzle, eyes)."""

import math
from dataclasses import dataclass

import numpy as np

from gradcam_core.projects.demos.scenes.coat import Coat, Look
from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Colour,
    Layer,
    Plane,
    Point,
    cover,
    ellipse,
    melt,
    polygon,
    rounded,
    stroke,
)

DARK: Colour = (0.09, 0.07, 0.07)
PINK: Colour = (0.72, 0.48, 0.46)


@dataclass(frozen=True)
class Pen:
    """Paints furry parts of one animal on its layer."""

    layer: Layer
    at: Plane
    coat: Coat

    def moved(self, to: Point, scale: float, turn: float) -> "Pen":
        """The same pen with another origin, unit and direction."""
        dx, dy = (self.at.x - to[0]) / scale, (self.at.y - to[1]) / scale
        x = (math.cos(turn) * dx + math.sin(turn) * dy).astype(np.float32)
        y = (-math.sin(turn) * dx + math.cos(turn) * dy).astype(np.float32)
        return Pen(self.layer, Plane(x, y, self.at.pixel / scale), self.coat)

    def fur(self, distance: Array, depth: float, tone: float = 1.0, colour: Colour | None = None) -> None:
        """A bulging part with a ragged edge in the coat's colours, or in ``colour``."""
        ragged = distance + 0.009 * self.coat.grain
        base = self.coat.colour
        if colour is not None:
            base = np.asarray(colour, np.float32) * (1 + 0.06 * self.coat.grain)[..., None]
        light = tone * rounded(self.at, distance, depth)
        self.layer.paint(cover(self.at, ragged, 1.5), np.clip(base * light[..., None], 0, 1))

    def shade(self, distance: Array, colour: Colour, soft: float = 1.0, share: float = 1.0) -> None:
        """A flat or soft mark on what is there."""
        base = np.asarray(colour, np.float32) * (1 + 0.05 * self.coat.grain)[..., None]
        self.layer.tint(share * cover(self.at, distance, soft), np.clip(base, 0, 1))


def draw_head(pen: Pen, look: Look, species: str, at: Point) -> None:
    """Head with its centre at ``at``; ``look.gaze`` moves the face to the side."""
    head = pen.moved(at, look.head, look.tilt)
    if species == "cat":
        _cat_ears(head, look)
        head.fur(_skull(head.at, 0.29, 0.25, look), 0.2, 1.04)
        _cat_face(head, look, 0.09 * look.gaze)
    else:
        head.fur(_skull(head.at, 0.26, 0.27, look), 0.2, 1.04)
        _dog_ears(head, look)
        _dog_face(head, look, 0.09 * look.gaze)


def _skull(at: Plane, wide: float, high: float, look: Look) -> Array:
    cheeks = ellipse(at, (0.04 * look.gaze, 0.10), (wide * 0.80, high * 0.7))
    return melt(ellipse(at, (0, 0), (wide, high)), cheeks, 0.08)


def _cat_ears(pen: Pen, look: Look) -> None:
    tall = 0.40 + 0.10 * look.shape
    for side in (-1, 1):
        lean = 0.03 * look.gaze
        outer = [(side * 0.28, -0.02), (side * 0.25 + lean, -tall), (side * 0.05, -0.20)]
        inner = [(side * 0.24, -0.12), (side * 0.235 + lean, -tall + 0.09), (side * 0.11, -0.20)]
        pen.fur(polygon(pen.at, outer, 0.015), 0.08, 0.95)
        pen.shade(polygon(pen.at, inner), PINK, 3, 0.8)


def _dog_ears(pen: Pen, look: Look) -> None:
    long = 0.12 + 0.22 * look.shape
    second = tuple(float(0.8 * c) for c in look.second)
    colour: Colour = (second[0], second[1], second[2])
    for side in (-1, 1):
        path = [(side * 0.20, -0.17), (side * 0.31, -0.06), (side * 0.33, long)]
        pen.fur(stroke(pen.at, path, [0.06, 0.09, 0.085]), 0.07, 0.9, colour if look.chest else None)


def _eyes(pen: Pen, centre: Point, apart: float, radius: float, colour: Colour, slit: bool) -> None:
    for side in (-1, 1):
        x, y = centre[0] + side * apart, centre[1]
        tall = radius * (0.85 if slit else 1.0)
        pen.shade(ellipse(pen.at, (x, y), (radius * 1.25, tall * 1.25), side * 0.25), DARK, 1.2)
        pen.shade(ellipse(pen.at, (x, y), (radius, tall), side * 0.25), colour)
        pen.shade(ellipse(pen.at, (x, y), (radius * (0.35 if slit else 0.62), tall * 0.9)), DARK)
        pen.shade(ellipse(pen.at, (x - 0.02, y - 0.02), (0.014, 0.014)), (0.97, 0.97, 0.97))


def _cat_face(pen: Pen, look: Look, shift: float) -> None:
    _eyes(pen, (shift, -0.02), 0.125, 0.058, look.eye, slit=True)
    for side in (-1, 1):
        pen.fur(ellipse(pen.at, (shift + side * 0.05, 0.12), (0.07, 0.055)), 0.06, 1.05, look.pale)
    pen.shade(polygon(pen.at, [(shift - 0.035, 0.06), (shift + 0.035, 0.06), (shift, 0.10)], 0.006), PINK)
    for side in (-1, 1):
        for drop in (0.08, 0.13, 0.18):
            whisker = [(shift + side * 0.09, 0.12), (shift + side * 0.34, drop)]
            pen.layer.tint(
                0.55 * cover(pen.at, stroke(pen.at, whisker, [0.006, 0.003])), (0.95, 0.94, 0.92)
            )


def _dog_face(pen: Pen, look: Look, shift: float) -> None:
    _eyes(pen, (shift, -0.05), 0.105, 0.042, look.eye, slit=False)
    muzzle = 1.6 * shift
    pen.fur(ellipse(pen.at, (muzzle, 0.13), (0.13, 0.14)), 0.12, 1.08, look.pale)
    pen.shade(stroke(pen.at, [(muzzle, 0.11), (muzzle, 0.21)], [0.008, 0.008]), DARK, 1, 0.8)
    mouth = [(muzzle - 0.08, 0.20), (muzzle, 0.215), (muzzle + 0.08, 0.20)]
    pen.shade(stroke(pen.at, mouth, [0.008, 0.01, 0.008]), DARK, 1, 0.8)
    if look.shape > 0.6:
        pen.layer.paint(cover(pen.at, ellipse(pen.at, (muzzle, 0.26), (0.045, 0.07))), (0.78, 0.36, 0.38))
    pen.shade(ellipse(pen.at, (muzzle, 0.065), (0.062, 0.045)), DARK)
    pen.shade(ellipse(pen.at, (muzzle - 0.018, 0.05), (0.016, 0.01)), (0.5, 0.5, 0.52))
