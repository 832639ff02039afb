"""Folders that appear whole or not at all, and what processes that died left of them."""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

PREFIX = ".partial-"
YOUNG = 60.0  # seconds in which a folder without an owner may be about to get one


@contextmanager
def partial_folder(parent: Path) -> Iterator[Path]:
    """A new folder in ``parent`` to fill and rename; what is still there at the end is removed.

    The folder is locked as long as its process lives, so the next one in ``parent`` knows what was left
    behind by a process that was killed, and removes it.
    """
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    try:
        with _locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path) -> tuple[str, ...]:
    """Remove the left-overs of dead processes below ``parent``; their names."""
    gone = [one for one in parent.glob(f"{PREFIX}*") if _is_left_over(one)]
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
    return tuple(one.name for one in gone)


def _is_left_over(folder: Path) -> bool:
    try:
        if folder.is_symlink() or time.time() - folder.lstat().st_mtime < YOUNG:
            return False
        with _open(folder) as place:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another process holds it, or this disk knows no locks
        return False
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with _open(folder) as place:
        with contextlib.suppress(OSError):  # a disk without locks keeps its left-overs
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def _open(folder: Path) -> Iterator[int]:
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield place
    finally:
        os.close(place)


def allocated(path: Path, shape: Sequence[int], dtype: DTypeLike) -> NDArray[Any]:
    """``shape`` of ``dtype``, all zeros: a mapped ``.npy`` file whose room on the disk is taken.

    Of a mapped file without that room, a full disk kills the process at some later write, without a word.

    Raises:
        OSError: there is no room for it; the file is gone again.
    """
    try:
        array = np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(dtype), shape=tuple(shape))
        _take_room(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None
    return array


def _take_room(path: Path) -> None:
    place = os.open(path, os.O_RDWR)
    try:
        os.posix_fallocate(place, 0, path.stat().st_size)
    except AttributeError:  # macOS
        pass
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):  # a disk that cannot say
            raise
    finally:
        os.close(place)
