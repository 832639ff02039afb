"""The objects. Outline and pattern of the coat are the core feature; the masks are exact."""

import colorsys

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.scene import Scene

LOBES = (0, 5, 9, 3)  # the outlines
DEPTH = (0.0, 0.34, 0.26, 0.38)  # how deep the lobes go at core 0
LOOKS = ((0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (2, 0), (3, 0), (3, 1), (3, 2), (0, 2), (1, 0), (2, 1))
"""Class -> its outline and its coat's pattern."""
CONTRAST = 0.5  # of the coat's pattern at core 0


def _axes(scene: Scene, side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(side, side) twice: position along and across the object, 0 at its centre."""
    axis = (np.arange(side) + 0.5) / side
    down, right = axis[:, None] - scene.centre[0], axis[None, :] - scene.centre[1]
    along = np.cos(scene.turn) * right + np.sin(scene.turn) * down
    return along, (np.cos(scene.turn) * down - np.sin(scene.turn) * right) * scene.aspect


def silhouette(scene: Scene, core: float, side: int) -> NDArray[np.bool_]:
    """(side, side) the object's pixels: an ellipse with as many lobes as the class says.

    ``core`` takes the lobes' depth away; their orientation, the size and the aspect are nuisance.
    """
    along, across = _axes(scene, side)
    lobes = LOOKS[scene.label][0]
    depth = DEPTH[lobes] * (1.0 - core)
    outline = 1.0 + depth * np.cos(LOBES[lobes] * np.arctan2(across, along))
    return np.asarray(np.hypot(along, across) < scene.radius * outline)


def pattern(scene: Scene, side: int) -> NDArray[np.float64]:
    """(side, side) of -1 and 1, the coat's drawing by class: light heart, dark heart or two halves.

    Light and dark cover equal areas in every class, so that no class is brighter, rougher or richer in
    contrast than another: otherwise the whole picture's look would speak for the class.
    """
    along, across = _axes(scene, side)
    heart = np.where(np.hypot(along, across) < scene.radius * np.sqrt(0.5), 1.0, -1.0)
    return np.asarray((heart, -heart, np.where(across < 0, 1.0, -1.0))[LOOKS[scene.label][1]])


def coat(scene: Scene, core: float, side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """(side, side, 3) colour, pattern and speckle, 0..1; the class decides the pattern alone."""
    flat = np.asarray(colorsys.hsv_to_rgb(*scene.colour), dtype=np.float32)
    shade = 1.0 + CONTRAST * (1.0 - core) * pattern(scene, side)[:, :, None]
    speckle = rng.normal(0.0, 0.05, (side, side, 1))
    return np.asarray(flat * shade + speckle, dtype=np.float32)
