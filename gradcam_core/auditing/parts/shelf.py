"""Finished parts of an audit on this machine's disk, for the next start after it was stopped."""

import contextlib
import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from gradcam_core.auditing.batch import BatchResult
from gradcam_core.auditing.parts.part_file import from_bytes, to_bytes
from gradcam_core.base.files import is_full, replacing

FOLDER, SUFFIX, LOCK = ".parts", ".part", ".lock"
DAYS = 14  # that the parts of an audit which nobody continues are kept


class Shelf:
    """Part files in one folder; a part has its name only when it is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.open = folder, True

    def finished(self) -> set[str]:
        """Keys of the parts that are there."""
        return {file.name.removesuffix(SUFFIX) for file in self._folder.glob(f"*{SUFFIX}")}

    def write(self, key: str, part: BatchResult, engine: str) -> None:
        """Keep one part. Where there is no room, all are given up: the run itself needs that room."""
        if not self.open:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._folder / f"{key}{SUFFIX}") as new:
                new.write_bytes(to_bytes(part, {"engine": engine}))
        except OSError as error:
            if not is_full(error):
                raise
            self.clear()

    def read(self, key: str) -> tuple[BatchResult, dict[str, Any]] | None:
        """One part and what computed it; a damaged one is removed and None."""
        file = self._folder / f"{key}{SUFFIX}"
        try:
            return from_bytes(file.read_bytes())
        except (OSError, BadZipFile):
            file.unlink(missing_ok=True)
            return None

    def clear(self) -> None:
        """Remove every part and keep no more."""
        self.open = False
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def shelf(runs: Path, name: str) -> Iterator[Shelf | None]:
    """The shelf of one audit below ``runs``; None while another process has it, or on a disk without locks.

    What nobody has continued for :data:`DAYS` is removed.
    """
    parent = runs / FOLDER
    folder = parent / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        if not _taken(lock.fileno()):
            yield None
            return
        _drop_old(parent, folder)
        try:
            yield Shelf(folder)
        finally:
            _drop_empty(folder)


def _taken(place: int) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _drop_empty(folder: Path) -> None:
    if not Shelf(folder).finished():
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # others have parts there
        folder.parent.rmdir()


def _drop_old(parent: Path, own: Path) -> None:
    for other in parent.iterdir():
        old = time.time() - other.lstat().st_mtime > DAYS * 24 * 3600
        if old and other != own and other.is_dir() and not other.is_symlink() and _is_free(other / LOCK):
            shutil.rmtree(other, ignore_errors=True)


def _is_free(lock: Path) -> bool:
    try:
        with lock.open("r+") as file:
            return _taken(file.fileno())
    except FileNotFoundError:
        return True
    except OSError:
        return False
