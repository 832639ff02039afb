"""What an opened picture file holds -> RGB of 8 bits: depth, palette, CMYK and transparency."""

import struct
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import FULL, NO_BACKGROUND, Pixels, rgb
from gradcam_core.base.types import Picture
from gradcam_core.images.intensity import to_8_bit

_BITS, _SIGNED = ExifTags.Base.BitsPerSample, ExifTags.Base.SampleFormat  # of a TIFF


def is_deep_colour(image: Image.Image) -> bool:
    """16 bits in several channels, which Pillow would cut down to their high byte."""
    return image.mode in ("RGB", "RGBA", "LA") and ";16" in str(getattr(image, "tile", ""))


def deep_values(path: Path) -> NDArray[np.generic]:
    """(H, W, 3 or 4) BGR or BGRA values of a file with 16 bits in several channels, as it is stored.

    Raises:
        SampleError: OpenCV cannot read it.
    """
    data = bytearray(path.read_bytes())
    _forget_orientation(data)
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise SampleError("a readable picture", f"{path.name} is damaged")
    return np.asarray(values)


def deep_colour(path: Path, pixels: Pixels) -> Picture:
    """(H, W, 3) of a file with 16 bits in several channels, as it is stored.

    Raises:
        SampleError: OpenCV cannot read it.
    """
    values = deep_values(path)
    colours = to_8_bit(np.atleast_3d(values)[..., 2::-1], pixels.intensity)
    if values.ndim < 3 or values.shape[2] < 4:
        return np.ascontiguousarray(colours)
    alpha = to_8_bit(values[..., 3:], FULL)
    return _composed(Image.fromarray(np.concatenate([colours, alpha], axis=2)), pixels.background)


def _forget_orientation(data: bytearray) -> None:
    """Set the orientation of a TIFF to 1: OpenCV fails on others where values are deep."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(data[:4]))
    if order is None:
        return
    (start,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, start)
    for place in range(start + 2, start + 2 + 12 * count, 12):
        if struct.unpack_from(f"{order}H", data, place)[0] == ExifTags.Base.Orientation:
            struct.pack_into(f"{order}H", data, place + 8, 1)


def decoded(image: Image.Image, pixels: Pixels) -> Picture:
    """(H, W, 3) of every other opened file, the way up that Pillow gives it."""
    if image.mode.startswith(("I", "F")):
        grey = to_8_bit(values_of(image), pixels.intensity)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        return _composed(image.convert("RGBA"), pixels.background)
    return np.array(image.convert("RGB"))


def values_of(image: Image.Image) -> NDArray[np.generic]:
    """(H, W) values in the type of the file: Pillow widens 16 bits of some formats to 32."""
    values = np.asarray(image)
    if values.dtype == np.int32 and image.format == "PPM":
        return values.astype(np.uint16)
    tags = getattr(image, "tag_v2", {})
    if values.dtype == np.int32 and tags.get(_BITS) == (16,):
        return values.astype(np.int16 if tags.get(_SIGNED) == (2,) else np.uint16)
    return values


def _composed(image: Image.Image, background: str) -> Picture:
    """An RGBA picture on a colour; without one alpha is dropped."""
    if background != NO_BACKGROUND:
        behind = Image.new("RGBA", image.size, (*rgb(background), 255))
        image = Image.alpha_composite(behind, image)
    return np.array(image.convert("RGB"))
