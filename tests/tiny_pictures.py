"""Pictures of the tiny project: a bright or dim blob on noise."""

import numpy as np

SIZE = (48, 64)
CLASSES = ("dark", "light")


def blob(rng: np.random.Generator, light: bool) -> tuple[np.ndarray, np.ndarray]:
    """One picture and its mask: a square blob, bright or dim, on noise."""
    picture = rng.integers(60, 120, (*SIZE, 3)).astype(np.uint8)
    top, left = int(rng.integers(4, 24)), int(rng.integers(4, 40))
    mask = np.zeros(SIZE, np.uint8)
    mask[top : top + 18, left : left + 18] = 255
    picture[mask > 0] = (250, 240, 230) if light else (10, 20, 30)
    return picture, mask
