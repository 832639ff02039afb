"""Files read and written whole: JSON, tables, arrays; a reader sees the old file or the new one."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to, which takes its place when the body ends without an error."""
    part = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_json(path: Path) -> Any:
    """The JSON value in ``path``, None where there is no such file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def write_json(path: Path, value: Any) -> None:
    """Write JSON atomically; NaN and infinity are errors."""
    with replacing(path) as part:
        part.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read_table(path: Path) -> pd.DataFrame | None:
    """The Parquet table in ``path``, None where there is no such file."""
    return pd.read_parquet(path) if path.is_file() else None


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a Parquet table atomically."""
    with replacing(path) as part:
        table.to_parquet(part, index=False)


def read_arrays(path: Path) -> dict[str, NDArray[Any]] | None:
    """Name -> array; None where there is no such file or it is damaged. No pickle."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError):
        return None


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write named arrays atomically, without pickle; no file where there is nothing."""
    if not arrays:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part, part.open("wb") as opened:
        np.savez(opened, **arrays)  # type: ignore[arg-type]
