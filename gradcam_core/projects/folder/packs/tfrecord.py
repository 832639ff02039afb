"""TFRecord files of ``tf.train.Example``, as TensorFlow's and Keras's examples write them; no TensorFlow.

tensorflow.org/tutorials/load_data/tfrecord: a record is its length, the masked CRC32C of that, the bytes
and their masked CRC32C; the bytes are a protobuf message: names -> lists of bytes, floats or whole numbers.
"""

import gzip
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import google_crc32c
import numpy as np

from gradcam_core.base.protobuf import fields, messages, text
from gradcam_core.projects.folder.packs import LABEL, MOST_OF_ONE, OBJECTS, PACKS, Item, Pack
from gradcam_core.projects.folder.packs._features import as_text, drawn, looks_like_picture, whole_numbers

_NAME = re.compile(r"\.tfrec(ords?)?(-\d+-of-\d+)?(\.gz)?$", re.IGNORECASE)
_PICTURES = ("image/encoded", "image", "image_raw", "image/raw", "image_bytes", "encoded", "img", "picture")
_TEXTS = ("image/class/text", "class_name", "label_name", "class_text", "label/text")
_NUMBERS = ("image/class/label", LABEL, "target", "class", "category_id", "labels", "class_id")
_NAMES = (
    *("image/filename", "filename", "file_name", "path", "image_name"),
    *("image_id", "image/source_id", "id"),
)
_BOXES = tuple(f"image/object/bbox/{side}" for side in ("xmin", "ymin", "xmax", "ymax"))
_KINDS = ("image/object/class/text", "image/object/class/label")
_SIZES = (("image/height", "image/width"), ("height", "width"))
_CHANNELS = ("depth", "channels", "image/channels")
_LONGEST_TEXT = 200  # bytes of what is told as metadata
_GZIP = b"\x1f\x8b"
Features = Mapping[str, list[Any]]


def records(file: Path) -> Iterator[tuple[bytes, str]]:
    """The bytes of each record, and why they cannot be used ("" where their checksum is right).

    Raises:
        OSError, EOFError, zlib.error: unreadable.
        ValueError: a wrong length (its checksum says so), one beyond all pictures, or a file cut off.
    """
    with file.open("rb") as opened:
        packed = opened.read(2) == _GZIP
    with gzip.open(file) if packed else file.open("rb") as source:
        number = 0
        while head := source.read(12):
            number += 1
            length, crc = struct.unpack("<QI", _whole(head, 12, number))
            if _masked(head[:8]) != crc:
                raise ValueError(f"record {number} has a length whose checksum is wrong")
            yield _record(source, length, number)


def _record(source: BinaryIO | gzip.GzipFile, length: int, number: int) -> tuple[bytes, str]:
    if length > MOST_OF_ONE:
        raise ValueError(f"record {number} has {length:,} bytes, more than any picture")
    data = _whole(source.read(length), length, number)
    (crc,) = struct.unpack("<I", _whole(source.read(4), 4, number))
    return data, "" if _masked(data) == crc else f"record {number} is damaged (its checksum is wrong)"


def _whole(data: bytes, length: int, number: int) -> bytes:
    if len(data) < length:
        raise ValueError(f"it is cut off in record {number}")
    return data


def _masked(data: bytes) -> int:
    crc = google_crc32c.value(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def features(message: bytes) -> dict[str, list[Any]]:
    """Name -> list of bytes, floats or whole numbers of one ``tf.train.Example``.

    Raises:
        ValueError: the message is none.
    """
    found: dict[str, list[Any]] = {}
    for all_of_them in messages(memoryview(message), 1):
        for entry in messages(all_of_them, 1):
            found[text(entry, 1)] = [one for value in messages(entry, 2) for one in _values(value)]
    return found


def _values(feature: memoryview) -> Iterator[Any]:
    for kind, value in fields(feature):
        if not isinstance(value, memoryview):
            raise ValueError("a feature that is no list")
        if kind == 1:
            yield from (bytes(one) for one in messages(value, 1))
        elif kind == 2:
            yield from (float(one) for part in messages(value, 1) for one in np.frombuffer(part, "<f4"))
        elif kind == 3:
            yield from whole_numbers(value)


def _items(file: Path) -> Iterator[Item]:
    for data, reason in records(file):
        try:
            yield Item(None, reason=reason) if reason else item(features(data))
        except ValueError as error:
            yield Item(None, reason=f"no tf.train.Example: {error}")


def item(found: Features) -> Item:
    """The sample that the features of one example describe."""
    picture = _picture(found)
    said = next((as_text(found[name][0]) for name in _TEXTS if found.get(name)), None)
    numbers = next((found[name] for name in _NUMBERS if found.get(name)), [])
    name = next((as_text(found[key][0]) for key in _NAMES if found.get(key)), "") or ""
    plain = {key: _plain(values) for key, values in found.items()}
    columns: dict[str, Any] = {
        k.replace("/", "_"): v for k, v in plain.items() if v is not None and k != LABEL
    }
    label = said if said is not None else _label(numbers)
    if label is not None:
        columns[LABEL] = label
    if boxes := _objects(found):
        columns[OBJECTS] = boxes
    place = numbers[0] if said is not None and len(numbers) == 1 and isinstance(numbers[0], int) else None
    return Item(
        picture, PurePosixPath(name).name, columns, place, "" if picture else "no picture in this record"
    )


def _picture(found: Features) -> bytes | None:
    """Encoded bytes of the likeliest feature, else raw values of the size that the example tells."""
    names = (*(name for name in _PICTURES if name in found), *found)
    raws = [found[name][0] for name in names if found[name] and isinstance(found[name][0], bytes)]
    encoded = next((raw for raw in raws if looks_like_picture(raw)), None)
    if encoded is not None or not raws:
        return encoded
    height, width = _size(found) or (0, 0)
    channels = next((found[name][0] for name in _CHANNELS if found.get(name)), 1)
    return next((made for raw in raws if (made := drawn(raw, height, width, channels)) is not None), None)


def _size(found: Features) -> tuple[Any, Any] | None:
    pairs = ((found.get(one), found.get(other)) for one, other in _SIZES)
    return next(((one[0], other[0]) for one, other in pairs if one and other), None)


def _plain(values: list[Any]) -> int | float | str | None:
    if len(values) != 1:
        return None
    one = values[0]
    return one if not isinstance(one, bytes) else as_text(one) if len(one) <= _LONGEST_TEXT else None


def _label(values: list[Any]) -> str | None:
    """A number, a name, or of a list of 0 and 1 the places that are 1."""
    if len(values) > 1 and set(values) <= {0, 1}:
        return "|".join(str(place) for place, one in enumerate(values) if one) or "none"
    if not values or values[0] == -1:
        return None
    return as_text(values[0]) if isinstance(values[0], bytes) else f"{values[0]:g}"


def _objects(found: Features) -> dict[str, list[Any]] | None:
    """Boxes as shares of the picture, of TensorFlow's detection examples; or one as x, y, width, height."""
    kinds = next((found[name] for name in _KINDS if found.get(name)), [])
    named = [as_text(one) if isinstance(one, bytes) else str(one) for one in kinds]
    sides = [found.get(name, []) for name in _BOXES]
    size = _size(found)
    if all(sides) and size is not None:
        height, width = size
        boxes = [
            [left * width, top * height, (right - left) * width, (bottom - top) * height]
            for left, top, right, bottom in zip(*sides, strict=False)
        ]
        return {"bbox": boxes, "categories": named}
    alone = found.get("bbox", [])
    return {"bbox": [alone], "categories": []} if len(alone) == 4 else None


def _takes(file: Path) -> bool:
    return _NAME.search(file.name) is not None


PACKS.add("tfrecord", Pack("TFRecord", _takes, _items, broken=(EOFError, zlib.error, struct.error)))
