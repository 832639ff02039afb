"""Pictures with coloured squares, and a network whose outputs each see one colour, by hand-set weights."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

COLOURS = ("red", "green", "blue")
SIZE = (32, 48)
LOGIT = 8.0  # of a colour that is there; -LOGIT of one that is not
PLACES = {"red": (4, 4), "green": (4, 28), "blue": (20, 16)}


def picture(present: Sequence[str]) -> np.ndarray:
    """(32, 48, 3) uint8, a square of 8 pixels for each colour."""
    drawn = np.zeros((*SIZE, 3), np.uint8)
    for name in present:
        row, column = PLACES[name]
        drawn[row : row + 8, column : column + 8, COLOURS.index(name)] = 255
    return drawn


def write_pictures(folder: Path, sets: dict[str, Sequence[str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, present in sets.items():
        Image.fromarray(picture(present)).save(folder / f"{name}.png")


def write_network(file: Path, activation: str | None = "sigmoid", units: int = 3) -> None:
    """Takes pictures in 0..255; one channel per colour, of which the largest value counts."""
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((*SIZE, 3)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(3, 1, activation="relu", name="colours"),
            layers.MaxPooling2D(4, name="top"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(units, activation=activation),
        ]
    )
    model.layers[1].set_weights([np.eye(3)[None, None], np.zeros(3)])
    model.layers[-1].set_weights([2 * LOGIT * np.eye(3)[:, :units], np.full(units, -LOGIT)])
    model.save(file)
