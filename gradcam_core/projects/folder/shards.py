"""A folder of packed files -> a folder of pictures with a table, made once below home."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TextIO

from gradcam_core.base import paths
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_json, write_json
from gradcam_core.base.hashing import file_sha256
from gradcam_core.base.inside import holds
from gradcam_core.base.partial import partial_folder
from gradcam_core.base.text import short
from gradcam_core.base.unzip import MOST_BYTES, MOST_FILES
from gradcam_core.projects.folder.packs import LABEL, OBJECTS, PACKS, Item, Pack
from gradcam_core.projects.folder.packs._features import suffix_of
from gradcam_core.projects.folder.packs.webdataset import TEXT
from gradcam_core.projects.folder.sample_table import LABEL_COLUMNS

VERSION = 1
TABLE, ABOUT = "metadata.jsonl", "packed.json"
MOST_CLASSES = 100_000
_WORD = re.compile(r"(?<![a-z])(test|testing|validation|valid|val|dev|train|training)(?![a-z])")
_PARTS = (("test", "testing"), ("validation", "valid", "val", "dev"), ("train", "training"), ("",))
_PATHS = ("path", "file", "filename", "file_name")  # on the machine where the file was made
_ODD = re.compile(r"[^\w .=+@-]|^[. ]+")


@dataclass(frozen=True)
class Packed:
    """Packed files of one format: those that are read, and those of other splits."""

    title: str
    files: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Unpacked:
    """What was made of packed files.

    ``table`` names every picture; None where nothing but their folders is known. ``reasons``: path -> why
    it is none.
    """

    folder: Path
    table: Path | None
    classes: tuple[str, ...]
    reasons: Mapping[str, str]


def find_packed(place: Path) -> Packed | None:
    """The packed pictures of a folder, of its test split, else validation, else training; or one file."""
    if place.is_file():
        kind = _kind_of(place)
        return None if kind is None else Packed(PACKS[kind].title, (place,))
    found: dict[str, list[Path]] = {}
    for file in _files(place):
        if (kind := _kind_of(file)) is not None:
            found.setdefault(kind, []).append(file)
    if not found:
        return None
    kind, files = max(found.items(), key=lambda item: len(item[1]))
    chosen = _of_one_split(files, place)
    return Packed(PACKS[kind].title, tuple(chosen), tuple(file for file in files if file not in chosen))


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(place, name) for name in sorted(names) if not name.startswith("."))
        yield from (file for file in files if holds(folder, file))


def _kind_of(file: Path) -> str | None:
    return next((name for name in PACKS if PACKS[name].takes(file)), None)


def _of_one_split(files: Sequence[Path], root: Path) -> list[Path]:
    split = {file: (_WORD.findall(file.relative_to(root).as_posix().lower()) or [""])[-1] for file in files}
    return next(chosen for words in _PARTS if (chosen := [file for file in files if split[file] in words]))


def unpacked(packed: Packed) -> Unpacked:
    """The pictures of packed files as a folder with a table, made once for the same content.

    Raises:
        ProjectError: a file is damaged, or holds no or too many pictures.
    """
    pack = next(PACKS[name] for name in PACKS if PACKS[name].title == packed.title)
    hashes = [f"{file.name}:{file_sha256(file)}" for file in packed.files]
    key = hashlib.sha256("\n".join([str(VERSION), *hashes]).encode()).hexdigest()[:20]
    target = paths.unpacked_dir() / key
    if not target.is_dir():
        with partial_folder(target.parent) as part:
            _write(pack, packed, part)
            part.chmod(0o755)
            part.replace(target)
    about = read_json(target / ABOUT)
    table = target / TABLE
    return Unpacked(target, table if table.is_file() else None, tuple(about["classes"]), about["reasons"])


@dataclass
class _Writing:
    """Pictures and the rows about them while they are written."""

    folder: Path
    names: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)
    labelled: bool = False
    bytes: int = 0

    def add(self, item: Item, fallback: str, table: TextIO) -> None:
        name = self._name(item, fallback)
        if item.data is None:
            self.reasons[name] = item.reason
        else:
            self.bytes += len(item.data)
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(item.data)
        columns = {key: value for key, value in item.columns.items() if key not in _PATHS}
        if item.place is not None and 0 <= item.place < MOST_CLASSES:
            self.places[item.place] = str(columns.get(LABEL))
        self.labelled |= not {*LABEL_COLUMNS, OBJECTS}.isdisjoint(columns)
        self.texts[str(columns.get(TEXT, ""))] += 1
        table.write(json.dumps({"file_name": name, **columns}) + "\n")

    def _name(self, item: Item, fallback: str) -> str:
        parts = [_ODD.sub("_", part)[-100:] for part in PurePosixPath(item.name).parts if part not in "/.."]
        path = PurePosixPath(*parts[-4:]) if parts else PurePosixPath(fallback)
        suffix = suffix_of(item.data or b"") or path.suffix.lower() or ".jpg"
        stem = str(path.with_suffix("")) if path.suffix.lower() in _SUFFIXES else str(path)
        name, number = f"{stem}{suffix}", 1
        while name.lower() in self.names:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self.names.add(name.lower())
        return name


_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".avif", ".heic", ".dcm")


def _write(pack: Pack, packed: Packed, folder: Path) -> None:
    writing = _Writing(folder)
    with (folder / TABLE).open("w", encoding="utf-8") as table:
        for file in packed.files:
            stem = _ODD.sub("_", file.name.partition(".")[0])
            for number, item in enumerate(_read(pack, file)):
                writing.add(item, f"{stem}-{number:06}", table)
                if writing.bytes > MOST_BYTES or len(writing.names) > MOST_FILES:
                    most = f"{MOST_FILES:,} pictures or {MOST_BYTES:,} bytes"
                    raise ProjectError(f"at most {most} in {pack.title} files", "more", "name fewer files")
    if not writing.names:
        todo = "name other files, or a folder of pictures, with --images"
        raise ProjectError(f"pictures in {pack.title} files", f"none in {packed.files[0].name}", todo)
    if not writing.labelled:
        _label_otherwise(writing)
    classes = pack.classes(packed.files[0]) or _order(writing.places)
    write_json(folder / ABOUT, {"classes": list(classes), "reasons": writing.reasons})


def _read(pack: Pack, file: Path) -> Iterator[Item]:
    damaged: tuple[type[Exception], ...] = (OSError, ValueError, *pack.broken)
    try:
        yield from pack.read(file)
    except damaged as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the file
        raise ProjectError(
            f"a whole {pack.title} file in {file.name}", short(str(error)), "copy or download it again"
        ) from error


def _recurs(texts: Counter[str]) -> bool:
    """Texts that name classes come again and again; those that describe a picture do not."""
    return 1 < len(texts) <= texts.total() / 2 and max(map(len, texts)) <= 80


def _label_otherwise(writing: _Writing) -> None:
    """Without labels: those that come again as texts, or else those of folders, which need no table."""
    table = writing.folder / TABLE
    if not _recurs(writing.texts):
        if any("/" in name for name in writing.names):
            table.unlink()
        return
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps({LABEL: row.pop(TEXT, None), **row}) for row in rows]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _order(places: Mapping[int, str]) -> tuple[str, ...]:
    """Names in the order of their numbers, from 0 or 1; numbers that no picture has are called so."""
    if not places or len(set(places.values())) < len(places):
        return ()
    numbers = range(min(1, *places), max(places) + 1)
    return tuple(places.get(number, f"class {number}") for number in numbers)
