"""Files read and written whole: JSON, tables, arrays; a reader sees the old file or the new one."""

import errno
import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
MOST = 256 * 2**20  # bytes of a text; annotations of a large data set are a tenth of it


def is_full(error: OSError) -> bool:
    """Whether the disk, a quota or a limit on the size of files is what failed."""
    return error.errno in NO_ROOM


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to, which takes its place when the body ends without an error."""
    part = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_text(file: Path, most: int = MOST, errors: str = "strict") -> str:
    """The UTF-8 text of a regular file; it neither waits for a pipe nor fills the memory from a device.

    Raises:
        OSError: not there, not to be read, no regular file, or of more than ``most`` bytes.
        UnicodeDecodeError: other bytes, unless ``errors`` says what becomes of them.
    """
    facts = file.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(file))
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(file))
    if facts.st_size > most:
        raise OSError(errno.EFBIG, f"it has more than {most / 2**20:g} MB", str(file))
    return file.read_text(encoding="utf-8-sig", errors=errors)


def read_json(path: Path) -> Any:
    """The JSON value in ``path``, None where there is no such file.

    Raises:
        OSError, ValueError, RecursionError: the file is damaged, or a link.
    """
    return json.loads(read_text(path)) if _is_there(path) else None


def _is_there(path: Path) -> bool:
    """Whether something has this name; an error where that is no file of our own."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a link, a folder, a pipe or a device", str(path))
    return True


def write_json(path: Path, value: Any) -> None:
    """Write JSON atomically; NaN and infinity are errors."""
    with replacing(path) as part:
        part.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read_table(path: Path) -> pd.DataFrame | None:
    """The Parquet table in ``path``, None where there is no such file.

    Raises:
        OSError, ValueError, ArrowException: the file is damaged, or a link.
    """
    return pd.read_parquet(path) if _is_there(path) else None


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a Parquet table atomically."""
    with replacing(path) as part:
        table.to_parquet(part, index=False)


def read_arrays(path: Path) -> dict[str, NDArray[Any]] | None:
    """Name -> array (any shape and dtype, as stored); None where there is no such file or it is damaged.

    Never reads pickles.
    """
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
