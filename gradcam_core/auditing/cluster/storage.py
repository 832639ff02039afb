"""Where finished parts lie: a folder that every machine reaches, named by an fsspec URL or a path."""

import uuid
import zipfile
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]

from gradcam_core.auditing.batch import BatchResult
from gradcam_core.auditing.parts.part_file import from_bytes

SUFFIX = ".part"


class Storage:
    """Part files below one URL (``file://``, ``s3://``, ``gs://``, …) or path; made if missing.

    A part appears under its own name only when it is whole: it is written beside it and moved.
    """

    def __init__(self, url: str) -> None:
        self.url = url if "://" in url else Path(url).resolve().as_uri()
        self._system, root = fsspec.core.url_to_fs(self.url)
        self._root = str(root).rstrip("/")
        self._system.makedirs(self._root, exist_ok=True)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}{SUFFIX}"

    def finished(self) -> set[str]:
        """Keys of the parts that are there."""
        self._system.invalidate_cache()
        names = (Path(str(path)).name for path in self._system.ls(self._root, detail=False))
        return {name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)}

    def write(self, key: str, data: bytes) -> None:
        """Put one part there."""
        beside = f"{self._root}/{key}.{uuid.uuid4().hex}.new"
        self._system.pipe_file(beside, data)
        self._system.mv(beside, self._path(key))

    def read(self, key: str) -> tuple[BatchResult, dict[str, Any]] | None:
        """One part and what is known about it; a damaged one is deleted and None."""
        try:
            return from_bytes(self._system.cat_file(self._path(key)))
        except zipfile.BadZipFile:
            self._system.rm(self._path(key))
            return None

    def clear(self) -> None:
        """Delete the folder and everything in it."""
        self._system.rm(self._root, recursive=True)
