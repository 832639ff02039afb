"""Which sample an annotation means: by file name, by stem, and by the folders where that is not enough."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from gradcam_core.base.inside import inside
from gradcam_core.base.types import Sample
from gradcam_core.images import PICTURE_SUFFIXES, Header, read_header

_SUFFIXES = PICTURE_SUFFIXES | {".xml", ".txt", ".json", ".npy", ".wav"}


def bare(name: str) -> str:
    """A file name without its picture or annotation suffix; other dots stay."""
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and f".{suffix}".lower() in _SUFFIXES else name


class Matcher:
    """Finds samples by what annotations call them.

    Names are compared without case. Where several samples share a name, the one wins whose folders
    agree furthest from the end; a folder name that belongs to other samples rules a match out.
    """

    def __init__(self, samples: Sequence[Sample], root: Path) -> None:
        self.ambiguous: set[str] = set()
        self._root = root
        self._paths = {sample.id: root / sample.path for sample in samples}
        self._files = {os.path.abspath(path) for path in self._paths.values()}
        self._folders: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, list[str]] = {}
        for sample in samples:
            *folders, name = PurePosixPath(sample.path.lower()).parts or ("",)
            self._folders[sample.id] = tuple(folders)
            for key in dict.fromkeys((name, f"/{bare(name)}")):
                self._names.setdefault(key, []).append(sample.id)
        self._last = {folders[-1] for folders in self._folders.values() if folders}
        self.header = cache(self._header)

    def is_sample(self, path: Path) -> bool:
        """Whether this file is one of the pictures themselves."""
        return os.path.abspath(path) in self._files

    def file(self, sample: str) -> Path:
        """The sample's own file."""
        return self._paths[sample]

    def find(self, name: str) -> str | None:
        """The id of the sample that ``name`` (a path or file name, suffix optional) means, or None."""
        *folders, last = PurePosixPath(name.replace("\\", "/").lower()).parts or ("",)
        found = self._names.get(last) or self._names.get(f"/{bare(last)}") or self._names.get(f"/{last}")
        if not found:
            return None
        if folders and folders[-1] in self._last:
            found = [one for one in found if self._folders[one][-1:] == (folders[-1],)]
        return self._closest(found, folders, name)

    def _closest(self, found: list[str], folders: list[str], name: str) -> str | None:
        if len(found) < 2:
            return found[0] if found else None
        agreement = {one: _agreement(self._folders[one], folders) for one in found}
        best = [one for one in found if agreement[one] == max(agreement.values())]
        if len(best) > 1:
            self.ambiguous.add(name)
            return None
        return best[0]

    def _header(self, sample: str) -> Header:
        """What the sample's picture says of itself.

        Raises:
            SampleError: it cannot be read.
        """
        return read_header(inside(self._root, self._paths[sample]))


def _agreement(one: Sequence[str], other: Sequence[str]) -> int:
    """How many folders are equal, counted from the last."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count
