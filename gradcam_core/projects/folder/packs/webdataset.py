"""Shards of WebDataset: tar files in which members with one key are one sample, 0001.jpg and 0001.cls.

github.com/webdataset/webdataset: a key is a member's path up to the first dot of its name.
"""

import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.projects.folder.packs import LABEL, MOST_OF_ONE, PACKS, Item, Pack
from gradcam_core.projects.folder.packs._features import as_text

_ENDINGS = (".tar", ".tar.gz", ".tgz")
_CLASS = ("cls", "label.txt", "class.txt")
_MOST_OF_TEXT = 2**20
TEXT = "text"


def _takes(file: Path) -> bool:
    return file.name.lower().endswith(_ENDINGS)


def _items(file: Path) -> Iterator[Item]:
    key, parts = "", dict[str, bytes | None]()
    with tarfile.open(file, "r|*") as tar:
        for member in tar:
            if not member.isfile() or PurePosixPath(member.name).name.startswith("."):
                continue
            here, ending = _key(member.name)
            if here != key and parts:
                yield from _item(key, parts)
                parts = {}
            key = here
            parts[ending] = _data(tar, member, ending)
        if parts:
            yield from _item(key, parts)


def _key(name: str) -> tuple[str, str]:
    path = PurePosixPath(name)
    stem, _, ending = path.name.partition(".")
    return (path.parent / stem).as_posix(), ending.lower()


def _data(tar: tarfile.TarFile, member: tarfile.TarInfo, ending: str) -> bytes | None:
    """The bytes of a member; None for what is too large to be what its name says."""
    most = MOST_OF_ONE if _is_picture(ending) else _MOST_OF_TEXT
    source = tar.extractfile(member) if member.size <= most else None
    if source is None:
        return None
    data = source.read()
    if len(data) < member.size:
        raise tarfile.ReadError("unexpected end of data")
    return data


def _is_picture(ending: str) -> bool:
    return f".{ending.rpartition('.')[2]}" in PICTURE_SUFFIXES


def _item(key: str, parts: Mapping[str, bytes | None]) -> Iterator[Item]:
    pictures = [ending for ending in parts if _is_picture(ending)]
    if not pictures:
        return  # a file about the shard, or a sample of another kind
    columns = _columns(parts)
    data = parts[pictures[0]]
    yield Item(data, key, columns, reason="" if data else "no picture, or one that is too large")


def _columns(parts: Mapping[str, bytes | None]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if data := parts.get("json"):
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            found = None
        columns |= {str(k): v for k, v in found.items() if _is_plain(v)} if isinstance(found, dict) else {}
    if data := parts.get("txt"):
        columns[TEXT] = (as_text(data) or "").strip()
    said = next((text for name in _CLASS if (text := as_text(parts.get(name)))), None)
    if said is not None:
        columns[LABEL] = said.strip()
    return columns


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


PACKS.add(
    "webdataset", Pack("WebDataset (tar)", _takes, _items, broken=(tarfile.TarError, EOFError, zlib.error))
)
