"""Arrays -> bytes of JPEG and PNG, and thumbnails, for pages and reports."""

import base64

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Picture
from gradcam_core.images.fitting import resize_smooth


def encode_jpeg(picture: Picture, quality: int = 85) -> bytes:
    """JPEG bytes of an RGB uint8 (H, W, 3) picture."""
    return _encode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])


def data_url(jpeg: bytes) -> str:
    """A JPEG as an address that holds the picture itself."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def encode_png(picture: NDArray[np.uint8]) -> bytes:
    """PNG bytes of a uint8 picture: (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA."""
    return _encode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 3])


def thumbnail(picture: Picture, longest: int) -> Picture:
    """(h, w, 3) uint8, shrunk so that its longer side is at most ``longest`` pixels; never enlarged."""
    height, width = picture.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return picture
    size = max(1, round(height * scale)), max(1, round(width * scale))
    return np.asarray(resize_smooth(picture, size), dtype=np.uint8)


def _encode(suffix: str, picture: NDArray[np.uint8], options: list[int]) -> bytes:
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3):
        raise ValueError(
            f"expected uint8 (H, W) or (H, W, C), got {picture.dtype} with shape {picture.shape}"
        )
    done, data = cv2.imencode(suffix, _to_bgr(picture), options)
    if not done:
        raise ValueError(f"OpenCV could not encode a picture of shape {picture.shape} as {suffix}")
    return data.tobytes()


def _to_bgr(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if picture.ndim == 2:
        return picture
    code = cv2.COLOR_RGBA2BGRA if picture.shape[2] == 4 else cv2.COLOR_RGB2BGR
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(picture), code), dtype=np.uint8)
