"""LabelMe (github.com/wkentaro/labelme): one JSON per picture with ``shapes`` in pixels."""

import base64
import binascii
import io
from collections.abc import Mapping, Sequence
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError
from pycocotools import mask as coco

from gradcam_core.base.types import Box, Polygon, RunLength, Shape
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, load_json, numbers, size_of
from gradcam_core.images.regions.formats._shapes import NO_AREA, ellipse
from gradcam_core.images.regions.matching import Matcher

Size = tuple[int, int]
_CORNERS = {"rectangle": 2, "circle": 2, "mask": 2}


def _takes(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    data = load_json(path)
    return isinstance(data, dict) and isinstance(data.get("shapes"), list) and "imagePath" in data


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    for file in files:
        data = load_json(file)
        sample = matcher.find(file.as_posix()) or matcher.find(str(data["imagePath"]))
        if sample is None:
            strangers += 1
            continue
        annotated = size_of(data.get("imageHeight"), data.get("imageWidth"))
        if annotated is not None:
            reading.sizes[sample] = annotated
        for entry in data["shapes"]:
            _add(entry if isinstance(entry, dict) else {}, annotated, sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} LabelMe files name no picture of this project")
    return reading


def _add(entry: Mapping[str, Any], size: Size | None, sample: str, reading: Reading) -> None:
    label, kind = str(entry.get("label", "")), str(entry.get("shape_type") or "polygon")
    shape = _shape(entry, kind, size, label)
    if shape is not None:
        reading.add(sample, shape)
    elif kind in NO_AREA:
        reading.note(sample, f"LabelMe {kind} {label!r} encloses no area")
    else:
        reading.note(sample, f"LabelMe {kind} {label!r} cannot be used")


def _shape(entry: Mapping[str, Any], kind: str, size: Size | None, label: str) -> Shape | None:
    written = entry.get("points")
    found = [numbers(point, 2) for point in written] if isinstance(written, list) else []
    points = [(point[0], point[1]) for point in found if point is not None]
    if len(points) < len(found) or len(points) != _CORNERS.get(kind, len(points)):
        return None
    if kind == "polygon" and len(points) > 2:
        return Polygon(tuple(points), label)
    if kind == "rectangle":
        (x, y), (a, b) = points
        return Box(min(x, a), min(y, b), max(x, a), max(y, b), label)
    if kind == "circle":
        (x, y), (a, b) = points
        return ellipse(x, y, hypot(a - x, b - y), hypot(a - x, b - y), label=label)
    return _mask(entry.get("mask"), points[0], size, label) if kind == "mask" and size else None


def _mask(text: Any, corner: tuple[float, float], size: Size, label: str) -> RunLength | None:
    """A small PNG in base64 whose left top corner lies here; it becomes a run length of the picture."""
    try:
        with Image.open(io.BytesIO(base64.b64decode(str(text), validate=True)), formats=("PNG",)) as image:
            if image.width > size[1] or image.height > size[0]:
                return None
            small = np.asarray(image.convert("L")) > 0
    except (binascii.Error, ValueError, OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    left, top = (max(0, int(value)) for value in corner)
    whole = np.zeros(size, np.uint8, order="F")
    seen = small[: size[0] - top, : size[1] - left]
    whole[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return RunLength(size, coco.encode(whole)["counts"].decode(), label)


REGIONS.add("labelme", RegionFormat("LabelMe JSON", _takes, _read))
