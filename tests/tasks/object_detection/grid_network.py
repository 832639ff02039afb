"""A network with a grid of answers whose weights are set by hand: red cells are nuts, blue ones bolts.

Three 3×3 convolutions that average, each with stride 2, so input 32×48 gives 4×6 cells; then FOMO's head
and logits, both 1×1: background 2, nut 12 (red - green), bolt 12 (blue - green).
"""

from pathlib import Path
from typing import Any

import numpy as np

SIZE, GRID = (32, 48), (4, 6)
CLASSES = ("nut", "bolt")
STEEP = 12.0


def build(softmax: bool = True) -> Any:
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((*SIZE, 3))])
    for name in ("stem", "body", "cut"):
        model.add(layers.Conv2D(3, 3, strides=2, padding="same", activation="relu", name=name))
    model.add(layers.Conv2D(2, 1, activation="relu", name="head"))
    model.add(layers.Conv2D(3, 1, name="logits"))
    if softmax:
        model.add(layers.Softmax(name="shares"))
    for name in ("stem", "body", "cut"):
        kernel = np.zeros((3, 3, 3, 3), np.float32)
        kernel[..., range(3), range(3)] = np.array([[1, 1, 1], [1, 4, 1], [1, 1, 1]])[..., None] / 12
        model.get_layer(name).set_weights([kernel, np.zeros(3)])
    against = np.array([[1, 0], [-1, -1], [0, 1]], np.float32).reshape(1, 1, 3, 2)
    model.get_layer("head").set_weights([against, np.zeros(2)])
    steep = np.array([[0, STEEP, 0], [0, 0, STEEP]], np.float32).reshape(1, 1, 2, 3)
    model.get_layer("logits").set_weights([steep, np.array([2.0, 0, 0])])
    return model


def write(path: Path) -> Path:
    build().save(path)
    return path


def picture(*blocks: tuple[str, int, int, int, int], size: tuple[int, int] = SIZE) -> np.ndarray:
    """Grey, with blocks (colour, left, top, width, height) in pixels of (height, width) ``size``."""
    pixels = np.full((*size, 3), 90, np.uint8)
    for colour, left, top, width, height in blocks:
        pixels[top : top + height, left : left + width] = COLOURS[colour]
    return pixels


COLOURS = {"red": (250, 10, 20), "blue": (20, 10, 250)}
