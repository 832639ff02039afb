"""Layouts that pack pictures into larger files."""

import io
import json
import struct
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import google_crc32c

from benchmarks.layouts.drawing import CLASSES, Drawn, Truth, layout, pictures, raster, truth


def _jpeg(one: Drawn) -> bytes:
    buffer = io.BytesIO()
    raster(one).save(buffer, "JPEG")
    return buffer.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


@layout("WebDataset shards: 000.jpg, 000.cls and 000.json in tar files")
def webdataset(root: Path) -> Truth:
    made = pictures()
    for shard in range(2):
        with tarfile.open(root / f"pets-{shard:06}.tar", "w") as tar:
            for one in made[shard::2]:
                _add(tar, f"{one.name}.jpg", _jpeg(one))
                _add(tar, f"{one.name}.cls", str(CLASSES.index(one.label)).encode())
                _add(tar, f"{one.name}.json", json.dumps({"width": one.size[1]}).encode())
    return Truth({one.name: str(CLASSES.index(one.label)) for one in made})


@layout("WebDataset shards: class names in 000.txt, train and test")
def webdataset_texts(root: Path) -> Truth:
    made = pictures()
    for split, some in (("train", made[:3]), ("test", made)):
        with tarfile.open(root / f"pets-{split}-000000.tar", "w") as tar:
            for one in some:
                _add(tar, f"{split}/{one.name}.png", _png(one))
                _add(tar, f"{split}/{one.name}.txt", one.label.encode())
    return truth(made)


@layout("tar of class folders")
def tar_of_folders(root: Path) -> Truth:
    made = pictures()
    with tarfile.open(root / "pets.tar.gz", "w:gz") as tar:
        for one in made:
            _add(tar, f"pets/{one.label}/{one.name}.jpg", _jpeg(one))
    return truth(made)


def _png(one: Drawn) -> bytes:
    buffer = io.BytesIO()
    raster(one).save(buffer, "PNG")
    return buffer.getvalue()


def varint(value: int) -> bytes:
    """A whole number as protobuf writes it."""
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def field(number: int, data: bytes) -> bytes:
    """A field of bytes as protobuf writes it."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def example(features: Mapping[str, bytes | int | Sequence[float]]) -> bytes:
    """A ``tf.train.Example``."""
    entries = [field(1, field(1, key.encode()) + field(2, _list(value))) for key, value in features.items()]
    return field(1, b"".join(entries))


def _list(value: bytes | int | Sequence[float]) -> bytes:
    if isinstance(value, bytes):
        return field(1, field(1, value))
    if isinstance(value, int):
        return field(3, field(1, varint(value)))
    return field(2, field(1, struct.pack(f"<{len(value)}f", *value)))


def record(data: bytes) -> bytes:
    """A record of a TFRecord file."""
    length = struct.pack("<Q", len(data))
    return length + _crc(length) + data + _crc(data)


def _crc(data: bytes) -> bytes:
    crc = google_crc32c.value(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


@layout("TFRecord, as Keras's examples write it: image, label, bbox")
def tfrecord(root: Path) -> Truth:
    made = pictures()
    for split, some in (("train", made[:3]), ("test", made)):
        with (root / f"pets-{split}.tfrecord-00000-of-00001").open("wb") as file:
            for one in some:
                box = [float(n) for n in (one.left, one.top, one.width, one.height)]
                told: dict[str, bytes | int | Sequence[float]] = {"image": _png(one), "bbox": box}
                told |= {"label": CLASSES.index(one.label), "path": f"/data/{one.name}.png".encode()}
                file.write(record(example(told)))
    labels = {one.name: str(CLASSES.index(one.label)) for one in made}
    return Truth(labels, {one.name: [one.corners] for one in made})


@layout("TFRecord, as TensorFlow's models write it: image/encoded, image/class/text, image/object/bbox")
def tfrecord_models(root: Path) -> Truth:
    made = pictures()
    with (root / "validation-00000.tfrecord").open("wb") as file:
        for one in made:
            told: dict[str, bytes | int | Sequence[float]] = {
                "image/encoded": _png(one),
                "image/filename": f"{one.name}.png".encode(),
                "image/height": one.size[0],
                "image/width": one.size[1],
                "image/class/label": CLASSES.index(one.label) + 1,
                "image/class/text": one.label.encode(),
            }
            sides = zip(("xmin", "ymin", "xmax", "ymax"), one.shares, strict=True)
            told |= {f"image/object/bbox/{side}": [share] for side, share in sides}
            file.write(record(example(told)))
    return truth(made, regions=True)
