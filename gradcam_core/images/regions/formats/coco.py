"""COCO JSON: boxes, polygons and run-length masks (Lin et al. 2014, cocodataset.org/#format-data)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import SampleError
from gradcam_core.base.text import short
from gradcam_core.base.types import Box, Polygon, RunLength, Shape
from gradcam_core.images.regions.formats import (
    MOST_POINTS,
    REGIONS,
    Reading,
    RegionFormat,
    load_json,
    numbers,
    size_of,
)
from gradcam_core.images.regions.matching import Matcher
from gradcam_core.images.regions.run_length import decode_run_length

Entry = Mapping[str, Any]


def _takes(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    data = load_json(path)
    return isinstance(data, dict) and all(isinstance(data.get(k), list) for k in ("images", "annotations"))


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    for file in files:
        _read_one(load_json(file), matcher, reading)
    return reading


def _read_one(data: Entry, matcher: Matcher, reading: Reading) -> None:
    labels = {str(c.get("id")): str(c.get("name", "")) for c in _entries(data.get("categories"))}
    samples = _images(data, matcher, reading)
    for annotation in _entries(data["annotations"]):
        image = annotation.get("image_id")
        if not isinstance(image, int | str) or image not in samples:
            reading.problems.append(f"annotation of an unknown image_id {short(image)}")
            continue
        sample = samples[image]
        if sample is not None:
            label = labels.get(str(annotation.get("category_id")), "")
            _add(annotation, label, sample, reading)


def _images(data: Entry, matcher: Matcher, reading: Reading) -> dict[int | str, str | None]:
    """Image id -> sample id, None for pictures that are not in this project."""
    samples: dict[int | str, str | None] = {}
    for image in _entries(data["images"]):
        sample = matcher.find(str(image.get("file_name", "")))
        key = image.get("id")
        if isinstance(key, int | str):
            samples[key] = sample
        size = size_of(image.get("height"), image.get("width"))
        if sample is not None and size is not None:
            reading.sizes[sample] = size
    strangers = sum(sample is None for sample in samples.values())
    if strangers:
        reading.problems.append(f"{strangers} annotated pictures are not in this project")
    return samples


def _entries(values: Any) -> list[Entry]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _add(annotation: Entry, label: str, sample: str, reading: Reading) -> None:
    shapes, wrong = _outlines(annotation.get("segmentation"), label)
    box = numbers(annotation.get("bbox"), 4)
    if not shapes and box is not None:
        left, top, width, height = box
        shapes = [Box(left, top, left + width, top + height, label)]
    if not shapes:
        wrong = wrong or "no usable segmentation or bbox"
    if wrong:
        reading.note(sample, f"COCO annotation {annotation.get('id', '')}: {wrong}")
    for shape in shapes:
        reading.add(sample, shape)


def _outlines(segmentation: Any, label: str) -> tuple[list[Shape], str]:
    """Polygons or a run-length mask out of a "segmentation", and what was wrong with it."""
    if not segmentation:
        return [], ""
    if isinstance(segmentation, dict):
        return _run_length(segmentation, label)
    rings = segmentation if isinstance(segmentation, list) else []
    if rings and not isinstance(rings[0], list):
        rings = [rings]
    good = [_polygon(numbers(ring), label) for ring in rings]
    shapes: list[Shape] = [polygon for polygon in good if polygon is not None]
    broken = len(good) - len(shapes)
    return shapes, f"{broken} of {len(good)} polygons malformed" if broken or not good else ""


def _polygon(flat: list[float] | None, label: str) -> Polygon | None:
    if flat is None or not 6 <= len(flat) <= 2 * MOST_POINTS or len(flat) % 2:
        return None
    return Polygon(tuple(zip(flat[::2], flat[1::2], strict=True)), label)


def _run_length(segmentation: Entry, label: str) -> tuple[list[Shape], str]:
    said, counts = numbers(segmentation.get("size"), 2), segmentation.get("counts")
    size = size_of(*said) if said is not None else None
    whole = numbers(counts) if isinstance(counts, list) else None
    if size is None or (whole is None and not isinstance(counts, str)):
        return [], "malformed run-length mask"
    cleaned = counts if isinstance(counts, str) else tuple(int(value) for value in whole or ())
    mask = RunLength(size, cleaned, label)
    try:
        decode_run_length(mask)
    except SampleError as error:
        return [], f"run-length mask {error.found}"
    return [mask], ""


REGIONS.add("coco", RegionFormat("COCO JSON", _takes, _read))
