"""Layouts that pack pictures into larger files."""

import io
import json
import struct
import tarfile
from pathlib import Path

from benchmarks.layouts.drawing import CLASSES, Drawn, Truth, layout, pictures, raster, truth


def _jpeg(one: Drawn) -> bytes:
    buffer = io.BytesIO()
    raster(one).save(buffer, "JPEG")
    return buffer.getvalue()


@layout("WebDataset shards: 000.jpg and 000.cls in tar files", refused="WebDataset")
def webdataset(root: Path) -> Truth:
    made = pictures()
    for shard in range(2):
        with tarfile.open(root / f"pets-{shard:06}.tar", "w") as tar:
            for one in made[shard::2]:
                label = str(CLASSES.index(one.label)).encode()
                parts = {"jpg": _jpeg(one), "cls": label, "json": json.dumps({"a": 1}).encode()}
                for suffix, data in parts.items():
                    info = tarfile.TarInfo(f"{one.name}.{suffix}")
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))
    return truth(made, labels=False)


@layout("TFRecord, as Keras's examples write it", refused="TFRecord")
def tfrecord(root: Path) -> Truth:
    made = pictures()
    with (root / "pets-test.tfrecord-00000-of-00001").open("wb") as file:
        for one in made:
            data = _jpeg(one)
            file.write(struct.pack("<QI", len(data), 0) + data + struct.pack("<I", 0))
    return truth(made, labels=False)
