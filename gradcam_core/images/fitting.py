"""Original picture -> network input and a map's way back. Integer formulas as Edge Impulse's Linux SDK.

The formulas are evaluated in whole numbers, so that no rounding of ``W / w * w`` loses a pixel.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gradcam_core.base.types import Floats, Geometry, InputSpec, Picture, Resize, ResizeMethod
from gradcam_core.images.turning import back, turned, turned_size


def geometry(shown: tuple[int, int], target: tuple[int, int], resize: Resize, turn: int = 1) -> Geometry:
    """Where an input of size ``target`` lies in a picture of size ``shown``, both (height, width).

    "squash" stretches each axis alone; "fit-short" crops the longer side around the centre;
    "fit-long" shows everything and pads with black around it.

    Args:
        shown: of the picture as people see it.
        target: of the network's input.
        resize: as above.
        turn: EXIF orientation that makes the picture as the network gets it the shown one.
    """
    original = turned_size(shown, back(turn))
    (h, w), (height, width) = original, target
    whole, full = (0.0, 0.0, float(h), float(w)), (0, 0, height, width)
    if resize == "fit-short":
        return Geometry(original, target, _centre_crop(original, target), full, turn)
    if resize == "fit-long":
        return Geometry(original, target, whole, _letterbox(original, target), turn)
    return Geometry(original, target, whole, full, turn)


def _centre_crop(original: tuple[int, int], target: tuple[int, int]) -> tuple[float, float, float, float]:
    (h, w), (height, width) = original, target
    if w * height > width * h:
        kept = max(1, h * width // height)
        left = (w - kept) // 2
        return 0.0, float(left), float(h), float(left + kept)
    kept = max(1, w * height // width)
    top = (h - kept) // 2
    return float(top), 0.0, float(top + kept), float(w)


def _letterbox(original: tuple[int, int], target: tuple[int, int]) -> tuple[int, int, int, int]:
    (h, w), (height, width) = original, target
    if width * h <= height * w:
        inner_h, inner_w = max(1, h * width // w), width
    else:
        inner_h, inner_w = height, max(1, w * height // h)
    top, left = (height - inner_h) // 2, (width - inner_w) // 2
    return top, left, top + inner_h, left + inner_w


def fit(picture: Picture, spec: InputSpec, where: Geometry) -> Picture:
    """(H, W, 3) uint8, the part of the picture that the network sees, at the network's size.

    Args:
        picture: (H, W, 3) uint8, the original the way up that the network gets, or the same picture
            decoded at 1/2, 1/4 or 1/8.
        spec: its ``resize_method`` is used; size and mode are already in ``where``.
        where: from :func:`geometry`, for the original's size.

    Returns:
        (height, width, 3) uint8; black where there is padding.
    """
    # a decoder rounds up, so its last row may stand for less than a whole step
    step_y, step_x = (
        round(where.original[0] / picture.shape[0]),
        round(where.original[1] / picture.shape[1]),
    )
    top, left, bottom, right = where.seen
    y0, x0 = round(top / step_y), round(left / step_x)
    y1, x1 = max(y0 + 1, round(bottom / step_y)), max(x0 + 1, round(right / step_x))
    c_top, c_left, c_bottom, c_right = where.content
    size = (c_bottom - c_top, c_right - c_left)
    output = np.zeros((*where.target, 3), np.uint8)
    output[c_top:c_bottom, c_left:c_right] = _resize(picture[y0:y1, x0:x1], size, spec.resize_method)
    return output


def _resize(picture: Picture, size: tuple[int, int], method: ResizeMethod) -> Picture:
    if picture.shape[:2] == size:
        return picture
    height, width = size
    if method == "lanczos3":
        resized = Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS)
        return np.asarray(resized)
    if method == "nearest":
        resized = Image.fromarray(picture).resize((width, height), Image.Resampling.NEAREST)
        return np.asarray(resized)
    return np.asarray(resize_smooth(picture, size), dtype=np.uint8)


def resize_smooth(array: NDArray[np.generic], size: tuple[int, int]) -> NDArray[np.generic]:
    """(h, w) or (h, w, C) of ``size``, same dtype: area average where it shrinks, bilinear where it grows.

    Axis by axis, because OpenCV's area mode averages only where neither axis grows.
    """
    height, width = size
    smaller = min(height, array.shape[0]), min(width, array.shape[1])
    result = np.ascontiguousarray(array)
    if smaller != result.shape[:2]:
        result = cv2.resize(result, smaller[::-1], interpolation=cv2.INTER_AREA)
    if size != result.shape[:2]:
        result = cv2.resize(result, (width, height), interpolation=cv2.INTER_LINEAR)
    return result


def map_to_picture(values: Floats, where: Geometry, smooth: bool = True) -> Floats:
    """(H, W) float32, a map at layer resolution in the coordinates of the picture that people see.

    Upsampled to the network input first, with half-pixel centres, then the fitting is undone, then the
    map is turned with the picture.

    Args:
        values: (h, w) map over the whole network input.
        where: from :func:`geometry`.
        smooth: bilinear; else every cell stays a flat block.

    Returns:
        (H, W) float32 of the shown picture; NaN where the model saw nothing of the picture.
    """
    top, left, bottom, right = where.content
    at_input = _enlarge(values.astype(np.float32), where.target, smooth)
    content = at_input[top:bottom, left:right]
    y0, x0, y1, x1 = (round(edge) for edge in where.seen)
    output = np.full(where.original, np.nan, np.float32)
    output[y0:y1, x0:x1] = _enlarge(content, (y1 - y0, x1 - x0), smooth)
    return turned(output, where.turn)


def _enlarge(values: Floats, size: tuple[int, int], smooth: bool) -> Floats:
    if smooth:
        return np.asarray(resize_smooth(values, size), dtype=np.float32)
    height, width = size
    nearest = cv2.resize(
        np.ascontiguousarray(values), (width, height), interpolation=cv2.INTER_NEAREST_EXACT
    )
    return np.asarray(nearest, dtype=np.float32)
