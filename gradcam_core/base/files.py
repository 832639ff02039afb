"""Atomic reading and writing: JSON, texts, and the arrays that a task has learned, without pickle."""

import errno
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = "learned.npz"  # in the run folder
MOST = 256 * 2**20  # bytes of a text; annotations of a large data set are a tenth of it
Arrays = Mapping[str, NDArray[Any]]


def read(file: Path) -> dict[str, NDArray[Any]] | None:
    """Name -> array; None where there is no such file or it is damaged."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError):
        return None


def write(file: Path, arrays: Arrays) -> None:
    """Write atomically; no file where there is nothing."""
    if not arrays:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as part:
        np.savez(part, **arrays)  # type: ignore[arg-type]
    os.replace(part.name, file)


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


def write_json(path: Path, value: Any) -> None:
    """Write JSON atomically: a reader sees the old file or the new one, never half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    temporary.replace(path)
