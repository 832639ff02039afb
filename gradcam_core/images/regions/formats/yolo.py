"""YOLO txt: one file per picture, lines ``class cx cy w h`` or ``class x1 y1 x2 y2 ...`` in shares 0..1."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from gradcam_core.base.errors import SampleError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import holds
from gradcam_core.base.types import Box, Polygon, Shape
from gradcam_core.images.regions.clipping import UNIT
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers
from gradcam_core.images.regions.matching import Matcher

NAME_FILES = ("classes.txt", "obj.names", "labels.txt", "class_names.txt", "predefined_classes.txt")
_NOT_ANNOTATIONS = frozenset(
    (
        *(*NAME_FILES, "train.txt", "val.txt", "valid.txt", "test.txt", "trainval.txt", "readme.txt"),
        *("list.txt", "images.txt", "image_class_labels.txt", "bounding_boxes.txt", "train_test_split.txt"),
    )
)
_YAML_NAMES = re.compile(r"^names:[ \t]*(\[[^\]]*\]|(?:\n[ \t]*(?:-|\d+:)[^\n]*)+)", re.MULTILINE)
_TOLERANCE = 0.02  # rounding of exporters; more outside 0..1 means pixels, not shares


def _takes(path: Path) -> bool:
    name = path.name.lower()
    return name.endswith(".txt") and name not in _NOT_ANNOTATIONS and not name.startswith("readme")


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    names: dict[Path, Mapping[int, str]] = {}
    for file in files:
        sample = matcher.find(file.as_posix())
        if sample is None:
            strangers += 1
            continue
        if file.parent not in names:
            names[file.parent] = _class_names(file.parent)
        _read_one(file, names[file.parent], sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} txt files name no picture of this project")
    return reading


def _read_one(file: Path, labels: Mapping[int, str], sample: str, reading: Reading) -> None:
    reading.sizes[sample] = UNIT
    try:
        lines = read_text(file).splitlines()
    except (SampleError, OSError, UnicodeDecodeError) as error:
        reading.note(sample, f"{file.name}: {error}")
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            shape = parse_line(line, labels)
            if shape is None:
                reading.note(sample, f"{file.name} line {number} is neither a box nor a polygon in 0..1")
            else:
                reading.add(sample, shape)


def parse_line(line: str, labels: Mapping[int, str]) -> Shape | None:
    """One line -> Box (4 numbers, 5 with a confidence) or Polygon (6 or more) in shares, else None."""
    values = numbers(line.split())
    if values is None or len(values) < 5 or not values[0].is_integer():
        return None
    label, shares = labels.get(int(values[0]), ""), values[1:]
    if min(shares) < -_TOLERANCE or max(shares) > 1 + _TOLERANCE:
        return None
    if len(shares) in (4, 5):
        cx, cy, w, h = shares[:4]
        return Box(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2, label)
    if len(shares) % 2:
        return None
    return Polygon(tuple(zip(shares[::2], shares[1::2], strict=True)), label)


def _class_names(folder: Path) -> dict[int, str]:
    """Class index -> name from a list of names or a data.yaml, here or one folder up."""
    for place in (folder, folder.parent):
        for name in NAME_FILES:
            if holds(place, name):
                lines = read_text(place / name, errors="replace").split("\n")
                return dict(enumerate(line.strip() for line in lines if line.strip()))
        if holds(place, "data.yaml"):
            return yaml_names(read_text(place / "data.yaml", errors="replace"))
    return {}


def yaml_names(text: str) -> dict[int, str]:
    """Class index -> name: ``names`` of a data.yaml in the three ways of YOLO; no YAML parser needed."""
    found = _YAML_NAMES.search(text)
    if found is None:
        return {}
    listed = found[1].strip("[]\n")
    entries = [part for part in re.split(r"[,\n]", listed) if part.strip()]
    cleaned = (re.sub(r"^\s*(?:-|\d+:)\s*", "", part) for part in entries)
    return dict(enumerate(part.strip().strip("'\"") for part in cleaned))


REGIONS.add("yolo", RegionFormat("YOLO txt", _takes, _read))
