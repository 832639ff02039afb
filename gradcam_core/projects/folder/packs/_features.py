"""What values inside packed files are: pictures by their first bytes, raw pixels, texts, whole numbers."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image

from gradcam_core.base.protobuf import fields

_BEGINNINGS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"GIF8", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"BM", ".bmp"),
)
_BOXED = {b"avif": ".avif", b"avis": ".avif", b"heic": ".heic", b"heix": ".heic", b"mif1": ".heic"}


def suffix_of(data: bytes) -> str | None:
    """The suffix that belongs to a picture with these first bytes; None where it is of no known kind."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return _BOXED.get(data[8:12])
    if data[128:132] == b"DICM":
        return ".dcm"
    return next((suffix for beginning, suffix in _BEGINNINGS if data.startswith(beginning)), None)


def looks_like_picture(data: bytes) -> bool:
    """Whether these bytes begin as a picture file does."""
    return suffix_of(data) is not None


def drawn(raw: bytes, height: object, width: object, channels: object) -> bytes | None:
    """A PNG of 8-bit values (H, W, C) row by row; None where their number is another one."""
    sizes = (height, width, channels)
    if not all(isinstance(one, int) and 0 < one < 2**16 for one in sizes) or channels not in (1, 3, 4):
        return None
    shape = np.array(sizes, dtype=np.int64)
    if int(shape.prod()) != len(raw):
        return None
    values = np.frombuffer(raw, np.uint8).reshape(shape)
    buffer = io.BytesIO()
    Image.fromarray(values[..., 0] if channels == 1 else values).save(buffer, "PNG")
    return buffer.getvalue()


def as_text(value: object) -> str | None:
    """Bytes as text where they are UTF-8, anything else as Python writes it."""
    if not isinstance(value, bytes):
        return None if value is None else str(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def whole_numbers(message: memoryview) -> Iterator[int]:
    """The values of an ``Int64List``, packed or one by one.

    Raises:
        ValueError: it is none.
    """
    for number, value in fields(message):
        if number != 1:
            continue
        yield from (_signed(one) for one in ([value] if isinstance(value, int) else _packed(value)))


def _packed(values: memoryview) -> Iterator[int]:
    found = shift = 0
    for byte in values:
        found |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield found
            found = shift = 0
        elif shift > 63:
            raise ValueError("a number that does not end")


def _signed(value: int) -> int:
    value &= 2**64 - 1
    return value - 2**64 if value >= 2**63 else value
