"""A project behind a URL: a local folder with the same names, whose pictures come when they are read.

Any fsspec URL does (``s3://``, ``gs://``, ``https://``, ``file://``, …); its driver has to be installed.
Small files are fetched at once; a picture is an empty file until :func:`fetched` is asked for it.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from gradcam_core.base.errors import SourceError
from gradcam_core.base.extras import extra

MARK = ".mirror.json"


def is_url(text: str) -> bool:
    """Whether a project is named by a URL."""
    return "://" in text


def make(url: str, parent: Path, later: Collection[str]) -> Path:
    """Mirror ``url`` below ``parent`` and return the folder; files that have not changed are kept.

    Files with a suffix in ``later`` (lower case, with the dot) stay empty until they are read.

    Raises:
        SourceError: no driver for this kind of URL, nothing there, or a name that leads elsewhere.
    """
    folder = parent / hashlib.sha256(url.encode()).hexdigest()[:12] / PurePosixPath(url.rstrip("/")).name
    system, root = _system(url)
    try:
        found = system.find(root, detail=True)
    except (OSError, ValueError) as error:
        raise SourceError(f"a folder at {url}", str(error), "check the URL and your credentials") from error
    if not found:
        raise SourceError(f"a folder at {url}", "no files", "check the URL")
    names = {_below(path, root): facts for path, facts in found.items()}
    _write_mark(folder, url)
    for name, facts in names.items():
        local = folder / name
        if local.is_file() and local.stat().st_size == facts.get("size"):
            continue
        local.parent.mkdir(parents=True, exist_ok=True)
        if local.suffix.lower() in later:
            local.write_bytes(b"")
        else:
            fill(folder, [name])
    _drop_others(folder, set(names))
    return folder


def fetched(path: Path) -> bool:
    """Fill an empty file of a mirror with its content; False where it belongs to no mirror.

    Raises:
        OSError: the file is gone or cannot be reached.
    """
    for parent in path.parents:
        if (parent / MARK).is_file():
            fill(parent, [path.relative_to(parent).as_posix()])
            return path.stat().st_size > 0
    return False


def fill(folder: Path, names: Iterable[str]) -> None:
    """Fetch these files of a mirror, side by side where the store allows it."""
    system, root = _system(url_of(folder))
    wanted = list(dict.fromkeys(names))
    beside = [_temporary(folder / name) for name in wanted]
    system.get([f"{root}/{name}" for name in wanted], beside)
    for name, temporary in zip(wanted, beside, strict=True):
        Path(temporary).replace(folder / name)


def url_of(folder: Path) -> str:
    """What a mirror mirrors; empty for any other folder."""
    mark = folder / MARK
    return str(json.loads(mark.read_text(encoding="utf-8"))["url"]) if mark.is_file() else ""


def mirror_of(path: Path) -> Path | None:
    """The mirror that a folder or file lies in."""
    return next((place for place in (path, *path.parents) if (place / MARK).is_file()), None)


def plant(folder: Path, url: str, names: Iterable[str]) -> None:
    """A mirror of a few files only, all of them empty until they are fetched."""
    _write_mark(folder, url)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def _system(url: str) -> tuple[Any, str]:
    with extra("cluster", f"a project at {url}"):
        import fsspec  # type: ignore[import-untyped]
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        todo = "pip install its driver, such as s3fs for s3:// or gcsfs for gs://, or correct the URL"
        raise SourceError(f"a driver for {url}", str(error), todo) from error
    return system, str(root).rstrip("/")


def _below(path: str, root: str) -> str:
    name = path.removeprefix(root).lstrip("/")
    if not name or ".." in PurePosixPath(name).parts:
        raise SourceError("names below the project's URL", path, "rename the file")
    return name


def _write_mark(folder: Path, url: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(json.dumps({"url": url}), encoding="utf-8")


def _drop_others(folder: Path, names: set[str]) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and file.name != MARK and file.relative_to(folder).as_posix() not in names:
            file.unlink()


def _temporary(target: Path) -> str:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    os.close(handle)
    return name
