"""Networks with weights set by hand, which are right for one way of feeding only, and pictures for them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

SIZE = (12, 16)
Colour = tuple[int, int, int]
GREYS: Mapping[str, Colour] = {"bright": (140, 140, 140), "dark": (100, 100, 100)}


def above(limit: float, channel: int | None = None, first: Callable[[Any], Any] | None = None) -> Any:
    """Two classes: the first where the input (or one channel of it) is above ``limit`` on average.

    ``first`` is what the network does to its input before.
    """
    import keras

    entry = keras.Input((*SIZE, 3))
    x = entry if first is None else first(entry)
    x = keras.layers.Conv2D(3, 1, activation="relu", name="top")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(entry, keras.layers.Dense(2, activation="softmax")(x))
    weights = np.full(3, 1 / 3) if channel is None else np.eye(3)[channel]
    dense = np.stack([weights, np.zeros(3)], axis=1) * 20 / limit
    model.layers[-1].set_weights([dense, np.array([-20.0, 0.0])])
    model.get_layer("top").set_weights([np.eye(3).reshape(1, 1, 3, 3), np.zeros(3)])
    return model


def project(
    root: Path, model: Any, classes: Mapping[str, Colour] = GREYS, n: int = 40, labelled: bool = True
) -> Path:
    """``n`` noisy pictures of one colour each, in class folders or loose, beside the model."""
    rng = np.random.default_rng(2)
    for index in range(n):
        name = sorted(classes)[index % len(classes)]
        picture = rng.normal(classes[name], 12, (*SIZE, 3)).clip(0, 255).astype(np.uint8)
        path = root / (f"test/{name}" if labelled else "pictures") / f"{index:03d}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(path)
    model.save(root / "model.keras")
    return root
