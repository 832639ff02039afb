"""Unpacking archives that came from outside: no way out of the folder, no links, no bombs."""

import lzma
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from gradcam_core.base.errors import SourceError

CHUNK = 1 << 20
MOST_FILES = 2_000_000
MOST_BYTES = 1 << 36
LONGEST = 255  # bytes of a name that disks keep
DAMAGED = (
    *(zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError),
    *(ValueError, struct.error),
)
"""What a damaged zip makes of the library, when its list is read or a member."""
STEEPEST = 500  # bytes out per byte in; deflate of real pictures and weights stays below 10
TODO = "delete it and start again; if it stays so, report it"


def extract(archive: Path, folder: Path, wanted: Callable[[str], bool], what: str) -> list[str]:
    """Unpack the wanted members below ``folder`` and return their names.

    Raises:
        SourceError: damaged, or a member that leads out of the folder, is a link, or grows too large.
    """
    names: list[str] = []
    left = MOST_BYTES
    with _opened(archive, what) as packed:
        members = packed.infolist()
        if len(members) > MOST_FILES:
            raise _hostile(what, f"{len(members):,} files")
        safe = {_safe_name(one, what): one for one in members if not one.is_dir()}
        if twice := _same_place([one.filename for one in members if not one.is_dir()]):
            raise _hostile(what, f"two members at {twice[:80]!r}")
        for name, member in safe.items():
            if not wanted(name):
                continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            left -= _unpack(packed, member, target, min(left, _most(member)), what)
            names.append(name)
    return names


def single_member(archive: Path, endings: Sequence[str], target: Path, limit: int, what: str) -> None:
    """Unpack the only member with one of these endings to ``target``, whatever it is called.

    Raises:
        SourceError: damaged, none or several, or larger than ``limit``.
    """
    with _opened(archive, what) as packed:
        found = [one for one in packed.infolist() if one.filename.lower().endswith(tuple(endings))]
        if len(found) != 1:
            inside = ", ".join(packed.namelist()[:5]) or "nothing"
            raise SourceError(f"one file with {' or '.join(endings)} in {what}", inside, TODO)
        part = target.with_name(f".{target.name}.part")
        try:
            _unpack(packed, found[0], part, min(limit, _most(found[0])), what)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _opened(archive: Path, what: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as packed:
            yield packed
    except DAMAGED as error:
        raise _damaged(what, error) from error


def _safe_name(member: zipfile.ZipInfo, what: str) -> str:
    name = member.filename
    parts = PurePosixPath(name).parts
    outside = name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0] if parts else True
    if any(len(part.encode("utf-8", "replace")) > LONGEST for part in parts) or len(name) > 2 * LONGEST:
        raise _hostile(what, f"a member with a name of {len(name):,} letters")
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise _hostile(what, f"a member {name[:80]!r} that leads out of the folder or is a link")
    return name


def _most(member: zipfile.ZipInfo) -> int:
    return max(1 << 24, STEEPEST * member.compress_size)


def _unpack(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limit: int, what: str) -> int:
    """Write one member, counting what really comes out; its header may lie."""
    size = 0
    with _source(packed, member, what) as source, target.open("wb") as sink:
        while chunk := _chunk(source, what):
            size += len(chunk)
            if size > limit:
                raise _hostile(what, f"{member.filename[:80]!r} grows beyond {limit:,} bytes")
            sink.write(chunk)
    return size


def _source(packed: zipfile.ZipFile, member: zipfile.ZipInfo, what: str) -> IO[bytes]:
    try:
        return packed.open(member)
    except OSError as error:  # a place outside the file
        raise _damaged(what, error) from error


def _chunk(source: IO[bytes], what: str) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as error:  # bz2's word for damaged data
        raise _damaged(what, error) from error


def _same_place(names: Sequence[str]) -> str:
    """The path that two files want, or that is a file of one and a folder of another; "" for none."""
    files, folders = set[str](), set[str]()
    for name in (str(PurePosixPath(one)) for one in names):
        if name in files:
            return name
        files.add(name)
        while (name := name.rpartition("/")[0]) and name not in folders:
            folders.add(name)
    return min(files & folders, default="")


def names_in(archive: Path) -> list[str]:
    """Names of the members of a zip; none where it is no zip, or a damaged one."""
    try:
        with zipfile.ZipFile(archive) as packed:
            return packed.namelist()
    except (*DAMAGED, OSError):
        return []


def _damaged(what: str, error: Exception) -> SourceError:
    return SourceError(f"a complete zip file in {what}", f"truncated or damaged: {error}", "start again")


def _hostile(what: str, found: str) -> SourceError:
    return SourceError(f"a zip file that is safe to unpack in {what}", found, TODO)


def pack(folder: Path, target: Path) -> None:
    """Every file below ``folder`` in one zip, in sorted order, written beside ``target`` and renamed."""
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                packed.write(file, file.relative_to(folder).as_posix())
        shutil.move(part, target)
    finally:
        part.unlink(missing_ok=True)
