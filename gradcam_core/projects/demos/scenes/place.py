"""A background while it is being painted: its generator, pixels, coordinates and floor line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Colour,
    Plane,
    Point,
    blend,
    box,
    cover,
    ellipse,
    noise,
    plane,
)


@dataclass(frozen=True)
class Place:
    """Units are picture heights, from the top left corner; ``ground`` is where the floor begins."""

    rng: np.random.Generator
    picture: Array
    at: Plane
    ground: float

    @property
    def wide(self) -> float:
        return self.size[1] / self.size[0]

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.shape[0], self.picture.shape[1]

    def fill(self, distance: Array, colour: Colour | Array, share: float = 1.0, soft: float = 1.0) -> None:
        """Paint a shape given by its signed distance; ``soft`` pixels wide edge."""
        blend(self.picture, share * cover(self.at, distance, soft), np.clip(colour, 0, 1))

    def block(self, left: float, top: float, right: float, bottom: float, colour: Colour | Array) -> None:
        """Paint an upright rectangle."""
        self.fill(box(self.at, left, top, right, bottom), colour)

    def disc(self, centre: Point, radii: Point) -> Array:
        """Signed distance to an upright ellipse."""
        return ellipse(self.at, centre, radii)

    def noise(self, down: float, across: float, octaves: int = 1, gain: float = 0.5) -> Array:
        """Fractal noise over the whole picture."""
        return noise(self.rng, self.size, (down, across), octaves, gain)

    def pick(self, colours: Sequence[Colour]) -> Array:
        """One of the colours, slightly varied: (3,)."""
        chosen = np.asarray(colours[int(self.rng.integers(len(colours)))])
        return (chosen + self.rng.normal(0, 0.03, 3)).astype(np.float32)


def begin(rng: np.random.Generator, size: tuple[int, int], ground: float) -> Place:
    """An empty background."""
    return Place(rng, np.zeros((*size, 3), np.float32), plane(size, (0, 0), size[0]), ground)
