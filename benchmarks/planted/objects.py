"""The objects: silhouettes whose outline is the core feature, with exact masks."""

import colorsys

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.scene import Scene

LOBES = (0, 5, 9)  # of class 0, 1 and 2
DEPTH = (0.0, 0.34, 0.26)  # how deep the lobes go at core 0


def silhouette(scene: Scene, core: float, side: int) -> NDArray[np.bool_]:
    """(side, side) the object's pixels: an ellipse with as many lobes as the class says.

    ``core`` takes the lobes' depth away; their orientation, the size and the aspect are nuisance.
    """
    axis = (np.arange(side) + 0.5) / side
    down, right = axis[:, None] - scene.centre[0], axis[None, :] - scene.centre[1]
    along = np.cos(scene.turn) * right + np.sin(scene.turn) * down
    across = (np.cos(scene.turn) * down - np.sin(scene.turn) * right) * scene.aspect
    depth = DEPTH[scene.label] * (1.0 - core)
    outline = 1.0 + depth * np.cos(LOBES[scene.label] * np.arctan2(across, along))
    return np.asarray(np.hypot(along, across) < scene.radius * outline)


def coat(scene: Scene, side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """(side, side, 3) the object's colour and speckle, 0..1; the class has no part in it."""
    flat = np.asarray(colorsys.hsv_to_rgb(*scene.colour), dtype=np.float32)
    speckle = rng.normal(0.0, 0.05, (side, side, 1)).astype(np.float32)
    return np.asarray(flat + speckle, dtype=np.float32)
