"""Picture files -> RGB arrays. Every way in which a file can be unusable is a ``SampleError``."""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gradcam_core.base import remote_folder
from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import irregular
from gradcam_core.base.picture_rules import Pixels
from gradcam_core.base.pixels import MAX_PIXELS
from gradcam_core.base.types import Picture
from gradcam_core.images import dicom, heic, sound_pictures
from gradcam_core.images.decoding import decoded, deep_colour, deep_values, is_deep_colour, values_of
from gradcam_core.images.turning import TURNS, back, swaps, turned, turned_size

PICTURE_SUFFIXES = frozenset(
    (
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".bmp",
        ".webp",
        ".tif",
        ".tiff",
        ".gif",
        ".pgm",
        ".ppm",
        ".avif",
        *heic.SUFFIXES,
        *dicom.SUFFIXES,
    )
)
_FORMATS = ("JPEG", "PNG", "BMP", "DIB", "WEBP", "TIFF", "GIF", "PPM", "AVIF", *heic.FORMATS)
Image.init()  # `formats=` only knows the plugins that are loaded
_TAGS = (b"eXIf", b"iTXt", b"tEXt", b"zTXt")  # chunks of a PNG that can hold an orientation
_ORIENTATION = ExifTags.Base.Orientation
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


@dataclass(frozen=True)
class Header:
    """What a picture file says of itself before it is decoded.

    Attributes:
        stored: (height, width) of the raster in the file.
        turn: EXIF orientation, 1 to 8; 1 also where there is none or an unknown one.
        deep: values of more than 8 bits.
        see_through: has transparent pixels, or could have.
        frames: more than one; only the first is read.
    """

    stored: tuple[int, int]
    turn: int = 1
    deep: bool = False
    see_through: bool = False
    frames: bool = False

    @property
    def upright(self) -> tuple[int, int]:
        """(height, width) as people see it."""
        return turned_size(self.stored, self.turn)


def read_header(path: Path) -> Header:
    """What the file says of itself; no pixel is decoded.

    Raises:
        SampleError: missing, empty, not a picture, or too many pixels.
    """
    if path.suffix.lower() == sound_pictures.SUFFIX:
        return Header(sound_pictures.spectrogram_size(path))
    if dicom.is_dicom(path):
        size, deep = dicom.size_and_depth(path)
        return Header(size, deep=deep)
    with open_picture(path) as image:
        turn, (width, height) = _turn(image), image.size
        stored = (width, height) if _pillow_turns(image) and swaps(turn) else (height, width)
        several = bool(getattr(image, "is_animated", False)) and image.format != "MPO"
        deep = image.mode.startswith(("I", "F")) or is_deep_colour(image)
        return Header(stored, turn, deep, image.has_transparency_data, several)


def read_rgb(
    path: Path, at_least: tuple[int, int] | None = None, pixels: Pixels | None = None, upright: bool = True
) -> Picture:
    """Read a picture file as RGB uint8 (H, W, 3), upright as its EXIF orientation says, or as it is stored.

    Grey, palette and CMYK become RGB. Of several frames the first one is taken.

    Args:
        path: JPEG, PNG, BMP, WebP, AVIF, TIFF, GIF or PNM; or .npy features, of which a grey picture is
            drawn.
        at_least: (height, width). Lets the JPEG decoder shrink by 2, 4 or 8 while it decodes, as long as
            the result stays at least this large: several times faster for large photographs.
        pixels: what deeper values and transparent pixels become; default: all that the file could hold is
            0..255, on black.
        upright: turned as people see it.

    Raises:
        SampleError: missing, empty, truncated, not a picture, or too many pixels.
    """
    if path.suffix.lower() == sound_pictures.SUFFIX:
        return sound_pictures.spectrogram(path)
    pixels = pixels or Pixels()
    if dicom.is_dicom(path):
        return dicom.picture(path, pixels.intensity)
    with open_picture(path) as image:
        turn, pillow = _turn(image), _pillow_turns(image)
        if at_least is not None and image.format in ("JPEG", "MPO"):
            height, width = at_least[::-1] if upright and swaps(turn) else at_least
            image.draft(None, (width, height))
        if is_deep_colour(image):
            picture, pillow = deep_colour(path, pixels), False
        else:
            picture = decoded(image, pixels)
        if pillow:
            return picture if upright else np.ascontiguousarray(turned(picture, back(turn)))
        return np.ascontiguousarray(turned(picture, turn)) if upright else picture


def read_values(path: Path) -> NDArray[np.generic]:
    """The values of a deep picture in the type of its file, (H, W) or (H, W, C), before any rule.

    Raises:
        SampleError: as :func:`read_rgb`.
    """
    if dicom.is_dicom(path):
        return dicom.values(path)
    with open_picture(path) as image:
        return deep_values(path) if is_deep_colour(image) else values_of(image)


def read_mask(path: Path) -> Image.Image:
    """The decoded first frame of a mask file in the mode of the file, turned as its own EXIF says.

    Raises:
        SampleError: as :func:`read_rgb`.
    """
    with open_picture(path) as image:
        return ImageOps.exif_transpose(image).copy()


def picture_size(path: Path) -> tuple[int, int]:
    """(height, width) of the upright picture, from the file's header alone.

    Raises:
        SampleError: missing, empty, not a picture, or too many pixels.
    """
    return read_header(path).upright


@contextmanager
def open_picture(path: Path) -> Iterator[Image.Image]:
    """Open a picture lazily and turn everything that can go wrong into a ``SampleError``."""
    try:
        if problem := irregular(path):
            raise SampleError("a picture", f"{path.name}: {problem}")
        if path.stat().st_size == 0 and not remote_folder.fetched(path):
            raise SampleError("a picture", f"{path.name} is empty (0 bytes)")
        # by a file object: Pillow maps uncompressed TIFFs that it finds by name, and turns them wrongly
        with path.open("rb") as file, Image.open(file, formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(path, f"{image.width} × {image.height} pixels")
            yield image
    except FileNotFoundError:
        raise SampleError("a picture", f"{path.name}: no such file") from None
    except UnidentifiedImageError:
        if reason := heic.missing(path):
            raise SampleError(
                "a picture of a known format", reason, "install it, or convert to JPEG"
            ) from None
        raise SampleError("a picture", f"{path.name} is not a picture of a known format") from None
    except Image.DecompressionBombError as error:
        raise _too_large(path, str(error)) from None
    except _BROKEN as error:
        raise SampleError("a readable picture", f"{path.name} is damaged: {error}") from error


def _too_large(path: Path, size: str) -> SampleError:
    return SampleError(
        f"a picture of at most {MAX_PIXELS:,} pixels", f"{path.name}: {size}", "shrink the picture"
    )


def _turn(image: Image.Image) -> int:
    """EXIF orientation of a picture that is not loaded yet; Pillow forgets that of a TIFF on loading."""
    early = image.format == "PNG" and not _has_late_tags(image)
    tags = Image.Image.getexif(image) if early else image.getexif()  # a PNG's own decodes all of it first
    turn = tags.get(_ORIENTATION, 1)
    return turn if turn in TURNS else 1


def _has_late_tags(image: Image.Image) -> bool:
    """Whether a PNG has EXIF or texts behind its pixels; what stands before them is known already."""
    file = image.fp  # type: ignore[attr-defined]
    before, pixels = file.tell(), False
    file.seek(8)
    try:
        while len(head := file.read(8)) == 8:
            length, name = struct.unpack(">I4s", head)
            if pixels and name in _TAGS:
                return True
            pixels = pixels or name == b"IDAT"
            file.seek(length + 4, os.SEEK_CUR)
        return False
    finally:
        file.seek(before)


def _pillow_turns(image: Image.Image) -> bool:
    """Whether Pillow turns the picture upright while it loads it, and has turned its size already."""
    return image.format == "TIFF"
