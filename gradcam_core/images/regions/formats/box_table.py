"""Tables with a box per row: TensorFlow's CSV, Open Images, ChestX-ray14, and what Kaggle's contests use.

Edges are corners or a corner with width and height, in pixels or, where no value is above 1, in shares.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from gradcam_core.base.columns import PATH_COLUMNS, first_of, plain_name, plain_names
from gradcam_core.base.files import read_text
from gradcam_core.base.types import Box
from gradcam_core.images.regions.clipping import UNIT
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers, size_of
from gradcam_core.images.regions.matching import Matcher

Row = Mapping[str, str]
CORNERS = (
    ("xmin", "ymin", "xmax", "ymax"),
    ("x_min", "y_min", "x_max", "y_max"),
    ("x1", "y1", "x2", "y2"),
    ("left", "top", "right", "bottom"),
    (ROI := ("roi.x1", "roi.y1", "roi.x2", "roi.y2")),
)
SIZED = (
    ("x", "y", "width", "height"),
    ("x", "y", "w", "h"),
    ("left", "top", "width", "height"),
    ("bbox_x", "bbox_y", "bbox_width", "bbox_height"),
    ("bbox_[x", "y", "w", "h]"),
)
WHOLE = ("bbox", "bounding_box")
LABELS = ("class", "class_name", "label", "label_name", "labelname", "finding_label", "category", "name")
DESCRIPTIONS = "class-descriptions*.csv"
_HEAD = 100_000
_NUMBERS = re.compile(r"[^\d.eE+\-]+")
_ROUNDED = 1.02  # shares of the right and lower edge, as exporters round them


def _takes(path: Path) -> bool:
    edges = _of_table(path)
    return edges is not None and edges != ROI


def _takes_roi(path: Path) -> bool:
    """A table with one region of interest per picture, of which its label column speaks."""
    return _of_table(path) == ROI


def _of_table(path: Path) -> tuple[str, ...] | None:
    """The columns of the box, where this is a table of paths and boxes."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        return None
    try:
        with path.open(encoding="utf-8-sig") as lines:
            head = lines.readline(_HEAD)
    except (OSError, UnicodeDecodeError):
        return None
    names = plain_names(_cells(head))
    return None if first_of(names, PATH_COLUMNS) is None else _edges(names)


def _cells(head: str) -> list[str]:
    return next(csv.reader([head], delimiter=max("\t,;", key=head.count)), [])


def _edges(names: Mapping[str, str]) -> tuple[str, ...] | None:
    """The columns that hold the box."""
    found = next((one for one in (*CORNERS, *SIZED) if set(one) <= names.keys()), None)
    return found or next(((one,) for one in WHOLE if one in names), None)


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    for file in files:
        try:
            _read_one(file, matcher, reading)
        except (OSError, ValueError, csv.Error) as error:
            reading.problems.append(f"{file.name}: {error}")
    return reading


def _read_one(file: Path, matcher: Matcher, reading: Reading) -> None:
    lines = read_text(file).splitlines()
    separator = max("\t,;", key=lines[0].count)
    header = [plain_name(name) for name in _cells(lines[0])]
    names = {name: name for name in header}
    edges, picture = _edges(names) or (), str(first_of(names, PATH_COLUMNS))
    label, titles = first_of(names, LABELS), _titles(file)
    rows = [dict(zip(header, cells, strict=False)) for cells in csv.reader(lines[1:], delimiter=separator)]
    boxes = [_numbers(row, edges) for row in rows]
    shares = _in_shares(boxes)
    strangers = set()
    for row, box in zip(rows, boxes, strict=True):
        sample = matcher.find(row.get(picture, "").strip())
        if sample is None:
            strangers.add(row.get(picture))
        elif box is not None:
            code = row.get(label, "") if label else ""
            reading.add(sample, _box(box, edges, titles.get(code, code)))
            _size(row, edges, shares, sample, reading)
        elif any(row.get(edge, "").strip() for edge in edges):  # a row without a box: nothing is there
            reading.note(sample, f"{file.name}: a box that is no four numbers")
    if strangers:
        reading.problems.append(f"{file.name}: {len(strangers)} annotated pictures are not in this project")
    if len(edges) == 1:
        reading.problems.append(f"{edges[0]} of {file.name} is read as left, top, width, height")


def _titles(file: Path) -> dict[str, str]:
    """Open Images names its classes in a table of its own: code, title."""
    tables = sorted(file.parent.glob(DESCRIPTIONS))
    lines = chain.from_iterable(csv.reader(read_text(table).splitlines()) for table in tables)
    return {cells[0]: cells[1] for cells in lines if len(cells) > 1}


def _numbers(row: Row, edges: Sequence[str]) -> list[float] | None:
    if len(edges) == 1:
        return numbers([part for part in _NUMBERS.split(row.get(edges[0], "")) if part], 4)
    return numbers([row.get(edge) for edge in edges])


def _in_shares(boxes: Sequence[list[float] | None]) -> bool:
    values = [value for box in boxes if box is not None for value in box]
    return bool(values) and max(values) <= _ROUNDED


def _box(box: Sequence[float], edges: tuple[str, ...], label: str) -> Box:
    left, top, right, bottom = box
    if edges not in CORNERS:
        right, bottom = left + right, top + bottom
    return Box(left, top, right, bottom, label.strip())


def _size(row: Row, edges: tuple[str, ...], shares: bool, sample: str, reading: Reading) -> None:
    """The annotated picture's size, where width and height are no part of the box."""
    size = None if "width" in edges else size_of(row.get("height"), row.get("width"))
    if shares:
        reading.sizes[sample] = UNIT
    elif size is not None:
        reading.sizes[sample] = size


REGIONS.add("box_table", RegionFormat("a table of boxes", _takes, _read))
REGIONS.add("roi_table", RegionFormat("a table of regions of interest", _takes_roi, _read, labels_too=True))
