"""A finished part <-> bytes: a zip of a Parquet table, outlines, arrays and what computed it. No pickle."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gradcam_core.auditing.batch import BatchResult
from gradcam_core.runs.writing import outline_table

TABLE, OUTLINES, ABOUT = "samples.parquet", "outlines.parquet", "about.json"


def to_bytes(part: BatchResult, about: Mapping[str, Any]) -> bytes:
    """One file's content; ``about`` says who computed it, JSON-able."""
    columns = {name: pa.array(list(values)) for name, values in part.columns.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:  # stored, not deflated: maps do not get smaller
        file.writestr(TABLE, _parquet(pa.table(columns)))
        file.writestr(OUTLINES, _parquet(outline_table(part.outlines)))
        for name, array in part.arrays.items():
            with file.open(name, "w") as stream:
                np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
        file.writestr(ABOUT, json.dumps(dict(about)))
    return buffer.getvalue()


def from_bytes(data: bytes) -> tuple[BatchResult, dict[str, Any]]:
    """The part and what is known about it.

    Raises:
        zipfile.BadZipFile: the bytes are cut off or damaged.
    """
    try:
        return _read(data)
    except (
        KeyError,
        ValueError,
        TypeError,
        OSError,
        NotImplementedError,
        RuntimeError,
        pa.ArrowException,
    ) as error:
        raise zipfile.BadZipFile(str(error)) from error


def _read(data: bytes) -> tuple[BatchResult, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        table = pq.read_table(io.BytesIO(file.read(TABLE)))
        drawn = pq.read_table(io.BytesIO(file.read(OUTLINES))).to_pydict()
        arrays = {
            name: np.lib.format.read_array(io.BytesIO(file.read(name)), allow_pickle=False)
            for name in file.namelist()
            if name.endswith(".npy")
        }
        columns = {name: _values(table[name]) for name in table.column_names}
        outlines = dict(zip(drawn["sample_id"], drawn["outline"], strict=True))
        return BatchResult(columns, arrays, outlines), json.loads(file.read(ABOUT))


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Python values; numbers without gaps keep their NumPy type, so that float32 stays float32."""
    if pa.types.is_floating(column.type) and column.null_count == 0:
        return list(column.to_numpy())
    return column.to_pylist()


def _parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()
