"""Picture files -> RGB arrays. Every way in which a file can be unusable is a ``SampleError``."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gradcam_core.base import remote_folder
from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import irregular
from gradcam_core.base.types import Picture
from gradcam_core.images import sound_pictures

PICTURE_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".pgm", ".ppm")
)
MAX_PIXELS = 89_478_485  # Pillow's own border between a picture and a decompression bomb
_FORMATS = ("JPEG", "PNG", "BMP", "DIB", "WEBP", "TIFF", "GIF", "PPM")
Image.init()  # `formats=` only knows the plugins that are loaded
_ORIENTATION = ExifTags.Base.Orientation
_DEPTHS = (8, 10, 12, 14, 16, 32)
_BROKEN = (
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    cv2.error,
    Image.DecompressionBombError,
)


def is_picture_name(path: Path) -> bool:
    """Whether this is a picture by its name, or described features of a sound; hidden files never are."""
    known = path.suffix.lower() in PICTURE_SUFFIXES or sound_pictures.is_features_name(path)
    return known and not path.name.startswith(".")


def read_rgb(path: Path, at_least: tuple[int, int] | None = None) -> Picture:
    """Read a picture file as RGB uint8 (H, W, 3), turned upright by its EXIF orientation.

    Grey, palette and CMYK become RGB; alpha is dropped, as training pipelines do. Deeper pictures are
    scaled to 8 bit by their range: the smallest of 8, 10, 12, 14, 16 and 32 bits that holds their
    brightest value, so that 12-bit radiographs in 16-bit files keep their contrast. Of several frames the
    first one is taken.

    Args:
        path: JPEG, PNG, BMP, WebP, TIFF, GIF or PNM; or .npy features, of which a grey picture is drawn.
        at_least: (height, width). Lets the JPEG decoder shrink by 2, 4 or 8 while it decodes, as long as
            the result stays at least this large: several times faster for large photographs.

    Raises:
        SampleError: missing, empty, truncated, not a picture, or too many pixels.
    """
    if path.suffix.lower() == sound_pictures.SUFFIX:
        return sound_pictures.spectrogram(path)
    with _opened(path) as image:
        if at_least is not None and image.format in ("JPEG", "MPO"):
            height, width = at_least[::-1] if _is_turned(image) else at_least
            image.draft(None, (width, height))
        if _is_deep_colour(image):
            return _read_deep_colour(path, image)
        return _to_rgb(ImageOps.exif_transpose(image))


def read_as_stored(path: Path) -> Image.Image:
    """The decoded first frame in the mode of its file, turned upright; for mask files.

    Raises:
        SampleError: as :func:`read_rgb`.
    """
    with _opened(path) as image:
        return ImageOps.exif_transpose(image).copy()


def picture_size(path: Path) -> tuple[int, int]:
    """(height, width) of the upright picture, from the file's header alone.

    Raises:
        SampleError: missing, empty, not a picture, or too many pixels.
    """
    if path.suffix.lower() == sound_pictures.SUFFIX:
        return sound_pictures.spectrogram_size(path)
    with _opened(path) as image:
        width, height = image.size
        return (width, height) if _is_turned(image) else (height, width)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture lazily and turn everything that can go wrong into a ``SampleError``."""
    try:
        if problem := irregular(path):
            raise SampleError("a picture", f"{path.name}: {problem}")
        if path.stat().st_size == 0 and not remote_folder.fetched(path):
            raise SampleError("a picture", f"{path.name} is empty (0 bytes)")
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(path, f"{image.width} × {image.height} pixels")
            yield image
    except FileNotFoundError:
        raise SampleError("a picture", f"{path.name}: no such file") from None
    except UnidentifiedImageError:
        raise SampleError("a picture", f"{path.name} is not a picture of a known format") from None
    except Image.DecompressionBombError as error:
        raise _too_large(path, str(error)) from None
    except _BROKEN as error:
        raise SampleError("a readable picture", f"{path.name} is damaged: {error}") from error


def _too_large(path: Path, size: str) -> SampleError:
    return SampleError(
        f"a picture of at most {MAX_PIXELS:,} pixels", f"{path.name}: {size}", "shrink the picture"
    )


def _is_turned(image: Image.Image) -> bool:
    """Whether EXIF says that rows and columns change places."""
    return image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)


def _is_deep_colour(image: Image.Image) -> bool:
    """16 bits in several channels, which Pillow would cut down to their high byte."""
    return image.mode in ("RGB", "RGBA", "LA") and ";16" in str(getattr(image, "tile", ""))


def _read_deep_colour(path: Path, header: Image.Image) -> Picture:
    data = np.frombuffer(path.read_bytes(), np.uint8)
    how = cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH | cv2.IMREAD_IGNORE_ORIENTATION
    bgr = cv2.imdecode(data, how)
    if bgr is None:
        raise SampleError("a readable picture", f"{path.name} is damaged")
    image = Image.fromarray(_to_8_bit(np.ascontiguousarray(bgr[:, :, ::-1])))
    image.getexif()[_ORIENTATION] = header.getexif().get(_ORIENTATION, 1)
    return np.array(ImageOps.exif_transpose(image))


def _to_rgb(image: Image.Image) -> Picture:
    if image.mode.startswith(("I", "F")):
        grey = _to_8_bit(np.asarray(image))
        return np.repeat(grey[:, :, None], 3, axis=2)
    if "transparency" in image.info:
        image = image.convert("RGBA")  # the way on which Pillow does not warn
    return np.array(image.convert("RGB"))


def _to_8_bit(values: NDArray[np.generic]) -> Picture:
    """Scale deeper values to 0..255 by the range that they use; 8-bit values stay as they are."""
    if values.dtype == np.uint8:
        return np.asarray(values, dtype=np.uint8)
    exact = np.nan_to_num(values.astype(np.float64))
    low, high = float(exact.min()), float(exact.max())
    if values.dtype.kind == "f":
        low, high = (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
    elif low >= 0:
        low, high = 0.0, float(2 ** next(bits for bits in _DEPTHS if high < 2**bits) - 1)
    scaled = (exact - low) * (255 / (high - low)) if high > low else np.zeros_like(exact)
    return np.rint(scaled).astype(np.uint8)
