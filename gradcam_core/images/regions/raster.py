"""A region as pixels of the original picture, as people see it."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pycocotools import mask as coco

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, Floats, Mask, MaskFile, Polygon, Region, RunLength, Shape
from gradcam_core.images.reading import read_mask
from gradcam_core.images.regions.clipping import same_proportions
from gradcam_core.images.regions.run_length import decode_run_length
from gradcam_core.images.turning import turned

_COLOURED = 32  # channels further apart than JPEG noise: a colour per class, black is background


def render(region: Region, size: tuple[int, int]) -> Floats:
    """(H, W) float32, 1 object, 0 background: the union of the region's shapes in the original picture.

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


def shape_pixels(shape: Shape, size: tuple[int, int]) -> Mask:
    """(H, W) bool of one shape in a picture of this size.

    Raises:
        SampleError: as :func:`render`.
    """
    if isinstance(shape, Box):
        return _box_pixels(shape, size)
    if isinstance(shape, MaskFile):
        pixels = turned(_mask_pixels(shape), shape.turn)
        return _rescaled(pixels, size, f"the mask {shape.path.name}")
    if isinstance(shape, RunLength):
        pixels = turned(decode_run_length(shape), shape.turn)
        return _rescaled(pixels, size, "the run-length mask")
    return _polygon_pixels(shape, size)


def _mask_pixels(shape: MaskFile) -> Mask:
    image = read_mask(shape.path)
    if not shape.inside:
        return object_pixels(image)
    values = np.asarray(image if image.mode in ("1", "L", "P", "I", "I;16") else image.convert("L"))
    return np.asarray(np.isin(values, shape.inside), dtype=bool)


def _box_pixels(box: Box, size: tuple[int, int]) -> Mask:
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


def _polygon_pixels(polygon: Polygon, size: tuple[int, int]) -> Mask:
    flat = [value for point in polygon.points for value in point]
    return np.asarray(coco.decode(coco.frPyObjects([flat], *size))[..., 0], dtype=bool)


def _rescaled(pixels: Mask, size: tuple[int, int], what: str) -> Mask:
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


def object_pixels(image: Image.Image) -> NDArray[np.bool_]:
    """(H, W) bool of a mask picture.

    8-bit grey: above 127, or above 0 where the largest value is below 128 (class or instance ids).
    Colours: whatever is not black. Wider integers: ids, above 0. Floats: above 0.5 of 1.
    A picture of one colour whose alpha varies: the alpha.
    """
    if image.mode.startswith(("I", "F")):
        return _ids(np.asarray(image))
    if image.mode in ("1", "L"):
        return _grey(np.asarray(image.convert("L")))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        *colours, alpha = np.moveaxis(np.asarray(image.convert("RGBA")), 2, 0)
        if max(np.ptp(channel) for channel in colours) == 0 and np.ptp(alpha) > 0:
            return _grey(alpha)
    red, green, blue = np.moveaxis(np.asarray(image.convert("RGB")), 2, 0)
    brightest = np.maximum(np.maximum(red, green), blue)
    darkest = np.minimum(np.minimum(red, green), blue)
    if int((brightest - darkest).max()) > _COLOURED:
        return np.asarray(brightest >= _COLOURED)
    return _grey(brightest)


def _grey(values: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(values > (127 if values.max() > 127 else 0))


def _ids(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    exact = np.nan_to_num(values.astype(np.float64))
    return np.asarray(exact > (0.5 if values.dtype.kind == "f" and exact.max() <= 1 else 0))
