"""Zip and HDF5 files from strangers: what they hold is theirs alone, and no larger than it says.

Every model file is copied, checked, into a folder of our own before a library opens it.
"""

import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import h5py

from gradcam_core.base.errors import ModelError

EXPECTED = "a model file that holds its own weights and nothing else"
TODO = "save the model again with model.save"
ENTRIES = 10_000
SMALL = 64 << 20  # bytes that any file may unpack to
RATIO = 20  # weights hardly shrink by packing; more than this is zeros that ask for memory
CONFIG = "config.json"
WEIGHTS = "model.weights.h5"
FILTERS = frozenset({1, 2, 3})  # HDF5's own deflate, shuffle and checksum; others are plug-ins
BLOCK = 1 << 20


def check_zip(archive: zipfile.ZipFile, path: Path) -> None:
    """Raise ``ModelError`` unless the archive's contents are harmless: names, kinds, count, sizes."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    limit = SMALL + RATIO * path.stat().st_size
    size = sum(entry.file_size for entry in entries)
    strange = [name for name in names if _leaves(name)]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(names) <= ENTRIES else []
    links = [entry.filename for entry in entries if stat.S_ISLNK(entry.external_attr >> 16)]
    if len(names) > ENTRIES:
        problem = f"{len(names)} entries"
    elif strange or links:
        problem = f"an entry that leads out of it: {(strange or links)[0][:80]!r}"
    elif twice:
        problem = f"two entries called {twice[0][:80]!r}"
    elif size > limit:
        problem = f"{_megabytes(size)} packed into {_megabytes(path.stat().st_size)}"
    else:
        return
    raise ModelError(EXPECTED, f"in {path.name} {problem}", TODO)


def _leaves(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or ":" in name or "\0" in name


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MB"


def read_json(archive: zipfile.ZipFile, name: str) -> Any:
    """The JSON of an entry of a checked archive; at most ``SMALL`` bytes are read.

    Raises:
        ValueError: too large, or no JSON.
    """
    with archive.open(name) as stream:
        text = stream.read(SMALL + 1)
    if len(text) > SMALL:
        raise ValueError(f"{name} has more than {_megabytes(SMALL)}")
    return json.loads(text)


def unpack_weights(path: Path, folder: Path) -> Path:
    """The weights of a ``.keras`` archive, unpacked into ``folder`` and checked.

    Raises:
        ModelError: there are none, or they are not what they should be.
    """
    target = folder / WEIGHTS
    with zipfile.ZipFile(path) as archive:
        check_zip(archive, path)
        if WEIGHTS not in archive.namelist():
            raise ModelError("a .keras file with model.weights.h5", f"{path.name} without it", TODO)
        left = archive.getinfo(WEIGHTS).file_size
        with archive.open(WEIGHTS) as source, target.open("wb") as copy:
            while block := source.read(BLOCK):
                left -= len(block)
                if left < 0:
                    raise ModelError(EXPECTED, f"{path.name} unpacks to more than it declares", TODO)
                copy.write(block)
    return target


def numbers_in(path: Path, name: str) -> int:
    """How many numbers the data sets of an HDF5 file declare; the file is checked on the way.

    Args:
        path: the file; ``name`` is what messages call it.

    Raises:
        ModelError: links that leave the file or stand for others, data kept elsewhere, filters that are
            plug-ins, or more data declared than the file can hold.
    """
    numbers, size = 0, 0
    with h5py.File(path, "r") as file:
        for label, problem, dataset in _contents(file):
            if problem:
                raise ModelError(EXPECTED, f"in {name} {label[:80]!r} is {problem}", TODO)
            if dataset is not None:
                numbers += int(dataset.size or 0)
                size += int(dataset.size or 0) * dataset.dtype.itemsize
    if size > SMALL + RATIO * path.stat().st_size:
        raise ModelError(
            EXPECTED, f"{name} declares {_megabytes(size)} in {_megabytes(path.stat().st_size)}", TODO
        )
    return numbers


def _contents(file: h5py.File) -> Iterator[tuple[str, str, Any]]:
    """Path, what is wrong with it ("" for nothing) and the data set, of everything below the root."""
    links: list[tuple[str, Any]] = []
    file.visititems_links(lambda label, link: links.append((str(label), link)))
    for label, link in links:
        if not isinstance(link, h5py.HardLink):
            target = getattr(link, "filename", "") or getattr(link, "path", "")
            yield label, f"a link to {str(target)[:80]}", None
            return
        item = file[label]
        yield label, _problem(item), item if isinstance(item, h5py.Dataset) else None


def _problem(item: Any) -> str:
    if not isinstance(item, h5py.Dataset):
        return "" if isinstance(item, h5py.Group) else "neither a group nor data"
    made = item.id.get_create_plist()
    if item.external:
        return f"stored in another file ({str(item.external[0][0])[:80]})"
    if item.is_virtual:
        return "a view of other data sets"
    if {made.get_filter(number)[0] for number in range(made.get_nfilters())} - FILTERS:
        return "packed by a plug-in"
    return "" if item.dtype.kind in "fiubSO" else f"data of the kind {item.dtype}"


def copy_hdf5(path: Path, folder: Path, config: Any) -> Path:
    """A new HDF5 model file in ``folder`` with the weights of ``path`` and the configuration ``config``."""
    target = folder / "model.h5"
    with h5py.File(path, "r") as source, h5py.File(target, "w") as copy:
        for name in ("keras_version", "backend"):
            if name in source.attrs:
                copy.attrs[name] = source.attrs[name]
        copy.attrs["model_config"] = json.dumps(config).encode()
        if "model_weights" in source:
            source.copy("model_weights", copy)
    return target
