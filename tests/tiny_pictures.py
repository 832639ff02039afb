"""Pictures of the tiny project: a bright or dim blob on noise."""

from pathlib import Path

import numpy as np
from PIL import Image

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


def tiny_folder(root: Path, model: Path, per_class: int, seed: int) -> Path:
    """A project with ``per_class`` pictures per class, their masks, and one file that is no picture."""
    rng = np.random.default_rng(seed)
    for index, label in enumerate(CLASSES * per_class):
        picture, mask = blob(rng, label == "light")
        for folder, array in (("testing", picture), ("masks", mask)):
            path = root / folder / label / f"{label}.{index}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(array).save(path)
    (root / "testing" / "dark" / "dark.broken.png").write_bytes(b"not a picture")
    (root / "model.keras").write_bytes(model.read_bytes())
    return root
