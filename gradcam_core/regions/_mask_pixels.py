"""Which pixels of a mask picture are object: grey, binary, palette, coloured, alpha, 16-bit ids."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_COLOURED = 32  # channels further apart than JPEG noise: a colour per class, black is background


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
