"""What lies on the disk: sizes of folders, and caches that are kept below a limit."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from gradcam_core.base.partial import partial_folder

LIMIT, USUAL = "GRADCAM_CACHE_MB", 4_000
IN_USE = 3_600.0  # seconds since its last use in which nothing is taken away


def limit() -> int:
    """Bytes that caches may take: ``GRADCAM_CACHE_MB``, 4,000 MB unless it is set."""
    said = os.environ.get(LIMIT, "").strip()
    return (int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else USUAL) * 2**20


def sizes(folder: Path) -> dict[str, int]:
    """Name of each entry of a folder -> bytes in it; links count as nothing."""
    return {one.name: size_of(one) for one in sorted(_entries(folder))}


def size_of(place: Path) -> int:
    """Bytes of a file, or of all files below a folder; links are not followed."""
    return sum(facts.st_size for facts in _facts(place))


def trim(cache: Path, most: int, spared: Sequence[Path] = ()) -> tuple[str, ...]:
    """Take the entries that were not used for longest out of a cache until it holds at most ``most`` bytes.

    Args:
        cache: a folder of caches, each a folder of entries that can be made again.
        most: bytes.
        spared: caches that are neither counted nor touched.

    Returns:
        What was taken away, as "cache/entry".
    """
    kinds = [one for one in _entries(cache) if one not in spared and one.is_dir() and not one.is_symlink()]
    entries = [(_used(one), size_of(one), one) for kind in kinds for one in _entries(kind)]
    left, gone = sum(size for _, size, _ in entries), []
    for used, size, one in sorted(entries, key=lambda entry: entry[0]):
        if left <= most or time.time() - used < IN_USE:
            break
        discard(one)
        left -= size
        gone.append(f"{one.parent.name}/{one.name}")
    return tuple(gone)


def discard(place: Path) -> None:
    """Delete a file or folder; whoever looks finds it whole or not at all.

    Raises:
        OSError: it cannot be moved, and is still there.
    """
    with partial_folder(place.parent) as away:
        place.replace(away / place.name)
        shutil.rmtree(away, ignore_errors=True)


def _used(place: Path) -> float:
    """When something in it was last written or read, in seconds since 1970."""
    return max((max(facts.st_mtime, facts.st_atime) for facts in _facts(place)), default=0.0)


def _facts(place: Path) -> Iterator[os.stat_result]:
    """Of each file, links not followed; what vanishes meanwhile is left out."""
    walked = os.walk(place) if place.is_dir() and not place.is_symlink() else ()
    inner = (Path(folder, name) for folder, _, names in walked for name in names)
    for file in inner if walked else (place,):
        try:
            if not file.is_symlink():
                yield file.stat()
        except OSError:
            continue


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
