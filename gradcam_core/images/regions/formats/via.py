"""VGG Image Annotator 1 to 2 (robots.ox.ac.uk/~vgg/software/via): project, JSON and CSV, in pixels."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from math import degrees
from pathlib import Path
from typing import Any

from gradcam_core.base.files import read_text
from gradcam_core.base.types import Box, Polygon, Shape
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, load_json, numbers
from gradcam_core.images.regions.formats._shapes import NO_AREA, ellipse
from gradcam_core.images.regions.matching import Matcher

Entry = Mapping[str, Any]
_COLUMNS = ("region_shape_attributes", "region_attributes", "filename")
_HEAD = 1_000_000


def _takes(path: Path) -> bool:
    kind = path.suffix.lower()
    if kind == ".json":
        return bool(_pictures(load_json(path)))
    return kind == ".csv" and set(_COLUMNS) <= set(_first_line(path).split(","))


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return lines.readline(_HEAD).strip().lstrip("#")
    except (OSError, UnicodeDecodeError):
        return ""


def _pictures(data: Any) -> list[Entry]:
    """One entry per picture of a project or an export; nothing where this is neither."""
    if not isinstance(data, dict):
        return []
    entries = data.get("_via_img_metadata", data)
    found = list(entries.values()) if isinstance(entries, dict) else []
    known = all(isinstance(one, dict) and "filename" in one and "regions" in one for one in found)
    return found if known else []


def _entries(file: Path) -> Iterator[tuple[str, Any]]:
    """(picture, region with its two sets of attributes) of a file."""
    if file.suffix.lower() == ".json":
        for picture in _pictures(load_json(file)):
            regions = picture["regions"]
            for region in regions.values() if isinstance(regions, dict) else regions or ():
                yield str(picture["filename"]), region
        return
    lines = read_text(file).lstrip("#").splitlines()
    for row in csv.DictReader(lines):
        shape = _parsed(row.get("region_shape_attributes"))
        if shape:
            said = _parsed(row.get("region_attributes"))
            yield str(row["filename"]), {"shape_attributes": shape, "region_attributes": said}


def _parsed(text: str | None) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError:
        return {"name": "damaged"}


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), set()
    for file in files:
        try:
            for name, region in _entries(file):
                sample = matcher.find(name)
                if sample is None:
                    strangers.add(name)
                else:
                    _add(region, sample, reading)
        except (OSError, ValueError, csv.Error) as error:
            reading.problems.append(f"{file.name}: {error}")
    if strangers:
        reading.problems.append(f"{len(strangers)} annotated pictures are not in this project")
    return reading


def _add(region: Any, sample: str, reading: Reading) -> None:
    known = region if isinstance(region, dict) else {}
    shape, said = known.get("shape_attributes"), known.get("region_attributes")
    words = list(said.values()) if isinstance(said, dict) else []
    label = next((word for word in words if isinstance(word, str)), "")
    kind = str(shape.get("name", "")) if isinstance(shape, dict) else "region"
    found = _shape(shape, kind, label) if isinstance(shape, dict) else None
    if found is not None:
        reading.add(sample, found)
    else:
        reading.note(sample, f"VIA {kind} {'encloses no area' if kind in NO_AREA else 'cannot be used'}")


def _shape(shape: Entry, kind: str, label: str) -> Shape | None:
    if kind in ("polygon", "polyline"):
        xs, ys = (numbers(shape.get(key)) for key in ("all_points_x", "all_points_y"))
        if kind == "polyline" or xs is None or ys is None or not 2 < len(xs) == len(ys):
            return None
        return Polygon(tuple(zip(xs, ys, strict=True)), label)
    if kind == "rect":
        edges = numbers([shape.get(key) for key in ("x", "y", "width", "height")])
        return (
            None
            if edges is None
            else Box(edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3], label)
        )
    oval = numbers(
        [shape.get("cx"), shape.get("cy"), shape.get("rx", shape.get("r")), shape.get("ry", shape.get("r"))]
    )
    turn = numbers((shape.get("theta", 0),))
    if kind not in ("circle", "ellipse") or oval is None or turn is None:
        return None
    return ellipse(oval[0], oval[1], oval[2], oval[3], degrees(turn[0]), label)


REGIONS.add("via", RegionFormat("VGG Image Annotator", _takes, _read))
