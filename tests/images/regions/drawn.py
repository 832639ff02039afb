"""Regions drawn by hand, and the pixels that they should cover."""

from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.base.types import Box, MaskFile, Polygon, Region

SQUARE = Polygon(((2, 1), (5, 1), (5, 3), (2, 3)))


def box(*edges: float) -> Region:
    return Region("box", (Box(*edges),))


def filled(size: tuple[int, int], rows: slice, columns: slice) -> np.ndarray:
    pixels = np.zeros(size, np.float32)
    pixels[rows, columns] = 1
    return pixels


def mask_file(path: Path, array: np.ndarray, mode: str | None = None) -> Region:
    image = Image.fromarray(array)
    (image.convert(mode) if mode else image).save(path)
    return Region("mask", (MaskFile(path),))
