"""Which pictures a folder holds, which folders are classes, and what looks like regions."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gradcam_core.images import is_picture_name
from gradcam_core.images.regions import REGIONS
from gradcam_core.images.regions.formats.mask import without_mask_word

TEST_FOLDERS = (
    *("testing", "test", "images", "image", "pictures"),
    *("validation", "valid", "val", "training", "train", "jpegimages"),
)
_OF_PICTURES = re.compile(r"[_\- ]*(\d{4}|images?|imgs?|pictures|data|inputs?)$")
"""What names of folders with pictures end in: val2017, train_images, ISIC2018_Task3_Test_Input."""
REGION_FOLDERS = frozenset(
    (
        *("masks", "annotations", "annotation", "regions", "segmentations", "segmentation"),
        *("segmentationclass", "segmentationobject", "boxes", "bboxes", "bounding_boxes"),
        *("ground_truth", "groundtruth"),
    )
)
MAYBE_REGION_FOLDERS = frozenset(("mask", "labels", "label", "gt", "objects"))  # could be classes, too
_ANNOTATIONS = frozenset((".txt", ".xml"))
_JUNK = frozenset(("__macosx", "thumbs.db", "desktop.ini", "@eadir"))


@dataclass
class Scan:
    """What is in the picture folder.

    Attributes:
        base: the folder whose sub-folders are classes.
        chain: the project folder and every folder on the way down to ``base``.
        pictures: (file, class folder's name or None).
        classes: names of the class folders, sorted, empty ones included.
        empty: class folders without any file.
        without: folders that hold files but no pictures, so are no classes.
        loose: pictures beside class folders, left out.
        regions: folders and files that look like regions.
        others: files that are no pictures.
        unnamable: pictures whose names are no UTF-8, which no table can hold.
    """

    base: Path
    chain: tuple[Path, ...]
    pictures: list[tuple[Path, str | None]] = field(default_factory=list)
    classes: tuple[str, ...] = ()
    empty: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    loose: list[Path] = field(default_factory=list)
    regions: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    unnamable: list[Path] = field(default_factory=list)


def scan(root: Path, images: Path | None = None) -> Scan:
    """Find pictures below ``images`` if it is given, else below the likeliest folder of ``root``."""
    chain = tuple(dict.fromkeys((root, *_way_down(images or root))))
    found = Scan(chain[-1], chain)
    found.regions = [folder for place in chain for folder in _folders(place) if _is_regions(folder)]
    folders = [folder for folder in _folders(found.base) if not _is_regions(folder)]
    filled = {folder.name: _walk(folder, found) for folder in folders}
    found.empty = [name for name, files in filled.items() if files == []]
    found.without = [name for name, files in filled.items() if files is None]
    found.classes = tuple(sorted(name for name, files in filled.items() if files is not None))
    if not any(filled.values()):
        found.classes, found.empty = (), []
    _take(found, filled)
    return found


def _take(found: Scan, filled: dict[str, list[Path] | None]) -> None:
    direct = _own_pictures(sorted(_files(found.base)), found, keep_others=False)
    for name in found.classes:
        found.pictures += [(file, name) for file in filled[name] or ()]
    if found.classes:
        found.loose = direct
    else:
        found.pictures = [(file, None) for file in direct]


def _way_down(folder: Path) -> Iterator[Path]:
    """``folder``, then testing/, test/, images/ ... in it, as long as there are pictures below."""
    yield folder
    names = {child.name.lower(): child for child in _folders(folder) if not _is_regions(child)}
    shortened = {_OF_PICTURES.sub("", name): child for name, child in reversed(names.items())}
    for known in (names, shortened):
        for name in TEST_FOLDERS:
            if name in known and _has_pictures(known[name]):
                yield from _way_down(known[name])
                return
    filled = [name for name, child in names.items() if _has_pictures(child)]
    if len(filled) == 1 and (_OF_PICTURES.search(filled[0]) or _only_leads_on(names[filled[0]], folder)):
        yield from _way_down(names[filled[0]])


def _only_leads_on(alone: Path, folder: Path) -> bool:
    """Whether the only folder with pictures, which has none beside it, holds them in folders of its own."""
    return not any(is_picture_name(file) for place in (alone, folder) for file in _files(place))


def _has_pictures(folder: Path) -> bool:
    return any(
        is_picture_name(Path(place, name))
        for place, _, files in os.walk(folder, followlinks=False)
        for name in files
    )


def _folders(folder: Path) -> list[Path]:
    return sorted(child for child in folder.iterdir() if child.is_dir() and not _junk(child.name))


def _files(folder: Path) -> Iterator[Path]:
    return (child for child in folder.iterdir() if child.is_file() and not _junk(child.name))


def _junk(name: str) -> bool:
    return name.startswith(".") or name.lower() in _JUNK


def _is_regions(folder: Path) -> bool:
    """By its name; a name that could be a class as well must hold masks or annotations."""
    name = folder.name.lower()
    if name in REGION_FOLDERS:
        return True
    if name not in MAYBE_REGION_FOLDERS:
        return False
    inside = [file for file in folder.rglob("*") if file.is_file() and not _junk(file.name)]
    pictures = {file.stem for file in inside if is_picture_name(file)}
    if not pictures:
        return bool(inside)
    elsewhere = {
        file.stem
        for file in folder.parent.rglob("*")
        if is_picture_name(file) and folder not in file.parents
    }
    owned = sum(bool({stem, without_mask_word(stem)} & elsewhere) for stem in pictures)
    return owned * 2 > len(pictures)


def _walk(folder: Path, found: Scan) -> list[Path] | None:
    """Pictures of one class folder; None where it holds files but no pictures, so is no class."""
    if (folder / "saved_model.pb").exists():
        return None
    pictures: list[Path] = []
    anything = False
    for place, folders, names in os.walk(folder):
        for name in [name for name in folders if name.lower() in REGION_FOLDERS]:
            found.regions.append(Path(place, name))
        folders[:] = sorted(n for n in folders if not _junk(n) and n.lower() not in REGION_FOLDERS)
        files = [Path(place, name) for name in sorted(names) if not _junk(name)]
        anything = anything or bool(files)
        has_pictures = any(is_picture_name(file) for file in files)
        pictures += _own_pictures(files, found, keep_others=has_pictures)
    return pictures if pictures or not anything else None


def _own_pictures(files: Sequence[Path], found: Scan, keep_others: bool) -> list[Path]:
    """The pictures among the files of one folder; masks and annotations beside them are regions."""
    named = [file for file in files if is_picture_name(file)]
    pictures = [file for file in named if _is_text(str(file))]
    found.unnamable += [file for file in named if not _is_text(str(file))]
    stems = {file.stem for file in pictures}
    masks = {file for file in pictures if without_mask_word(file.stem) in stems}
    notes = {file for file in files if file.stem in stems and _is_annotation(file)}
    found.regions += sorted(masks | notes)
    if keep_others:
        known = notes | {file.with_suffix(".wav") for file in pictures}  # a sound beside its features
        found.others += [file for file in files if file not in known and not is_picture_name(file)]
    return [file for file in pictures if file not in masks]


def _is_annotation(file: Path) -> bool:
    """A text or XML beside a picture, or a JSON in a format that says where things are."""
    suffix = file.suffix.lower()
    return suffix in _ANNOTATIONS or (suffix == ".json" and any(REGIONS[n].takes(file) for n in REGIONS))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
