"""Picture files with an EXIF orientation, in every format that can hold one."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

ORIENTATION = 0x0112
PLAIN = ("a.jpg", "a.png", "a.webp", "a.tif", "lzw.tif")
DEEP = ("grey.png", "grey.tif", "colour.png", "colour.tif")
ROWS, COLUMNS = 16, 24


def marked(dtype: type = np.uint8, top: int = 255) -> np.ndarray:
    """(16, 24, 3) that no turn leaves as it is: a bright block in a corner, a half bright one beside it."""
    picture = np.zeros((ROWS, COLUMNS, 3), dtype)
    picture[:8, :8] = top
    picture[:8, 8:16] = top // 2
    return picture


def save(path: Path, turn: int) -> Path:
    """Write the marked picture as it is, with this orientation; deep ones have 16 bits."""
    if path.name in PLAIN:
        exif = Image.Exif()
        exif[ORIENTATION] = turn
        kind = {
            "a.webp": {"lossless": True},
            "a.jpg": {"quality": 98},
            "lzw.tif": {"compression": "tiff_lzw"},
        }
        Image.fromarray(marked()).save(path, exif=exif, **kind.get(path.name, {}))
        return path
    deep = marked(np.uint16, 65535)
    values = deep[..., 0] if path.name.startswith("grey") else deep
    data = cv2.imencode(path.suffix, values)[1].tobytes()
    path.write_bytes(_tagged_png(data, turn) if path.suffix == ".png" else _tagged_tiff(data, turn))
    return path


def upright(picture: np.ndarray, turn: int) -> np.ndarray:
    """What Pillow makes of an array with this orientation."""
    image = Image.fromarray(picture)
    image.getexif()[ORIENTATION] = turn
    return np.asarray(ImageOps.exif_transpose(image))


def _tagged_png(data: bytes, turn: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    text = exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = struct.pack(">I", len(text)) + b"eXIf" + text + struct.pack(">I", zlib.crc32(b"eXIf" + text))
    return data[:33] + chunk + data[33:]  # after the header chunk


def _tagged_tiff(data: bytes, turn: int) -> bytes:
    """The tags of a TIFF written again behind its end, with the orientation among them."""
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    entries = [data[start + 2 + 12 * n : start + 14 + 12 * n] for n in range(count)]
    entries = [one for one in entries if struct.unpack("<H", one[:2])[0] != ORIENTATION]
    entries.append(struct.pack("<HHIHH", ORIENTATION, 3, 1, turn, 0))
    tags = struct.pack("<H", len(entries)) + b"".join(sorted(entries, key=lambda e: e[:2][::-1]))
    padded = data + b"\0" * (len(data) % 2)
    return padded[:4] + struct.pack("<I", len(padded)) + padded[8:] + tags + struct.pack("<I", 0)
