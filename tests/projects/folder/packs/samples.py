"""Packed files with small drawn pictures, written as the formats' own pages say."""

import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def png(value: int = 0) -> bytes:
    """A grey picture of 4 × 6."""
    buffer = io.BytesIO()
    Image.fromarray(np.full((4, 6, 3), value, np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def parquet(file: Path, columns: Mapping[str, Sequence[object]], features: object = None) -> Path:
    """A Parquet file; ``image`` is a struct as ``datasets`` writes it, where its values are objects."""
    held = {name: pa.array(values) for name, values in columns.items() if name != "image"}
    pictures = columns.get("image", ())
    if "image" in columns:
        kind = IMAGE if isinstance(pictures[0], dict) else pa.binary()
        held["image"] = pa.array(pictures, kind)
    table = pa.table(held)
    if features is not None:
        told = json.dumps({"info": {"features": features}})
        table = table.replace_schema_metadata({"huggingface": told})
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file)
    return file


def tar(file: Path, members: Mapping[str, bytes]) -> Path:
    """A tar file with these members."""
    with tarfile.open(file, "w") as opened:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            opened.addfile(info, io.BytesIO(data))
    return file
