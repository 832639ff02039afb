"""CVAT for images 1.1 (docs.cvat.ai): one XML with an ``image`` element per picture, in pixels."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
from pycocotools import mask as coco

from gradcam_core.base.types import Box, Polygon, RunLength, Shape
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers, size_of
from gradcam_core.images.regions.formats._shapes import NO_AREA, ellipse, turned_box
from gradcam_core.images.regions.formats._xml import UNREADABLE, first_tag, root_of
from gradcam_core.images.regions.matching import Matcher

ROOT = "annotations"
_SHAPES = frozenset(("box", "polygon", "ellipse", "mask", "cuboid", *NO_AREA))
Size = tuple[int, int]


def _takes(path: Path) -> bool:
    return path.suffix.lower() == ".xml" and first_tag(path) == ROOT


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    for file in files:
        try:
            root = root_of(file)
        except UNREADABLE as error:
            reading.problems.append(f"{file.name}: {error}")
            continue
        if root.find("track") is not None:
            reading.problems.append(f"{file.name} holds tracks of a video; export “CVAT for images”")
        strangers = sum(not _read_one(image, matcher, reading) for image in root.iter("image"))
        if strangers:
            reading.problems.append(f"{strangers} annotated pictures are not in this project")
    return reading


def _read_one(image: Element, matcher: Matcher, reading: Reading) -> bool:
    sample = matcher.find(image.get("name", ""))
    if sample is None:
        return False
    annotated = size_of(image.get("height"), image.get("width"))
    if annotated is not None:
        reading.sizes[sample] = annotated
    for entry in image:
        if entry.tag not in _SHAPES:
            continue
        shape = _shape(entry, annotated)
        if shape is not None:
            reading.add(sample, shape)
        else:
            why = "encloses no area" if entry.tag in NO_AREA else "cannot be used"
            reading.note(sample, f"CVAT {entry.tag} {entry.get('label', '')!r} {why}")
    return True


def _shape(entry: Element, size: Size | None) -> Shape | None:
    label, turn = entry.get("label", ""), numbers((entry.get("rotation", 0),))
    if entry.tag == "polygon":
        points = [numbers(pair.split(","), 2) for pair in entry.get("points", "").split(";")]
        good = tuple((point[0], point[1]) for point in points if point is not None)
        return Polygon(good, label) if len(good) == len(points) > 2 else None
    if turn is None:
        return None
    if entry.tag == "box":
        edges = numbers([entry.get(key) for key in ("xtl", "ytl", "xbr", "ybr")])
        return None if edges is None else _box(edges, turn[0], label)
    if entry.tag == "ellipse":
        oval = numbers([entry.get(key) for key in ("cx", "cy", "rx", "ry")])
        return None if oval is None else ellipse(oval[0], oval[1], oval[2], oval[3], turn[0], label)
    return _mask(entry, size, label) if entry.tag == "mask" and size else None


def _box(edges: list[float], degrees: float, label: str) -> Shape:
    left, top, right, bottom = edges
    if not degrees % 360:
        return Box(left, top, right, bottom, label)
    middle = (left + right) / 2, (top + bottom) / 2
    return turned_box((left, top), (right - left, bottom - top), degrees, middle, label)


def _mask(entry: Element, size: Size, label: str) -> RunLength | None:
    """Run lengths by rows, outside first, of a rectangle of the picture."""
    place = numbers([entry.get(key) for key in ("left", "top", "width", "height")])
    runs = numbers(entry.get("rle", "").split(","))
    if place is None or runs is None or min(*place, *runs) < 0:
        return None
    left, top, width, height = (int(value) for value in place)
    lengths = np.asarray(runs, int)
    fits = left + width <= size[1] and top + height <= size[0]
    if not fits or lengths.sum() != width * height:
        return None
    inside = np.repeat(np.arange(len(runs)) % 2, lengths).reshape(height, width)
    whole = np.zeros(size, np.uint8, order="F")
    whole[top : top + height, left : left + width] = inside
    return RunLength(size, coco.encode(whole)["counts"].decode(), label)


REGIONS.add("cvat", RegionFormat("CVAT XML", _takes, _read))
