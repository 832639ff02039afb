"""A region as pixels of the original picture."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from gradcam_core.errors import SampleError
from gradcam_core.images.reading import read_as_stored
from gradcam_core.regions._fit import same_proportions
from gradcam_core.regions._mask_pixels import object_pixels
from gradcam_core.regions._run_length import decode_run_length
from gradcam_core.types import Box, Floats, MaskFile, Polygon, Region, RunLength, Shape

Pixels = NDArray[np.bool_]


def render(region: Region, size: tuple[int, int]) -> Floats:
    """The union of the region's shapes in the original picture.

    A pixel belongs to a box or polygon when its centre does; a box covers one pixel at least.

    Args:
        region: shapes in pixels of the original.
        size: (height, width) of the original.

    Returns:
        (H, W) float32, 1 object, 0 background.

    Raises:
        SampleError: a mask file that cannot be read or has another shape than the picture.
    """
    union = np.zeros(size, bool)
    for shape in region.shapes:
        union |= shape_pixels(shape, size)
    return union.astype(np.float32)


def shape_pixels(shape: Shape, size: tuple[int, int]) -> Pixels:
    """(H, W) bool of one shape in a picture of this size.

    Raises:
        SampleError: as :func:`render`.
    """
    if isinstance(shape, Box):
        return _box_pixels(shape, size)
    if isinstance(shape, MaskFile):
        return _mask_pixels(shape.path, size)
    if isinstance(shape, RunLength):
        return _rescaled(decode_run_length(shape), size, "the run-length mask")
    return _polygon_pixels(shape, size)


def _box_pixels(box: Box, size: tuple[int, int]) -> Pixels:
    pixels = np.zeros(size, bool)
    rows = _centres_between(box.top, box.bottom, size[0])
    columns = _centres_between(box.left, box.right, size[1])
    pixels[rows, columns] = True
    return pixels


def _centres_between(low: float, high: float, length: int) -> slice:
    """Pixels whose centre lies in low <= centre < high; at least the one that holds ``low``."""
    first = min(max(int(np.ceil(low - 0.5)), 0), length)
    last = min(max(int(np.ceil(high - 0.5)), 0), length)
    if last > first:
        return slice(first, last)
    middle = min(max(int((low + high) / 2), 0), length - 1)
    return slice(middle, middle + 1)


def _polygon_pixels(polygon: Polygon, size: tuple[int, int]) -> Pixels:
    flat = [value for point in polygon.points for value in point]
    return np.asarray(coco.decode(coco.frPyObjects([flat], *size))[..., 0], dtype=bool)


def _mask_pixels(path: Path, size: tuple[int, int]) -> Pixels:
    return _rescaled(object_pixels(read_as_stored(path)), size, f"the mask {path.name}")


def _rescaled(pixels: Pixels, size: tuple[int, int], what: str) -> Pixels:
    """A mask of another resolution but the same proportions is stretched, any other refused."""
    if pixels.shape == size:
        return pixels
    (h, w), (height, width) = pixels.shape, size
    if not same_proportions((h, w), size):
        raise SampleError(
            f"a mask as large as its picture, {height} × {width}", f"{what} has {h} × {w} (height × width)"
        )
    nearest = cv2.resize(pixels.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST_EXACT)
    return np.asarray(nearest, dtype=bool)
