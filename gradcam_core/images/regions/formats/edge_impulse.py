"""Edge Impulse's ``bounding_boxes.labels``: file name -> boxes in pixels of the exported file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.types import Box
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, load_json, numbers
from gradcam_core.images.regions.matching import Matcher


def _takes(path: Path) -> bool:
    if path.suffix.lower() not in (".labels", ".json"):
        return False
    data = load_json(path)
    return isinstance(data, dict) and isinstance(data.get("boundingBoxes"), dict)


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    for file in files:
        for name, boxes in load_json(file)["boundingBoxes"].items():
            sample = matcher.find(f"{file.parent.as_posix()}/{name}")
            if sample is None:
                strangers += 1
                continue
            add_boxes(boxes, sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} annotated pictures are not in this project")
    return reading


def add_boxes(boxes: Any, sample: str, reading: Reading) -> None:
    """Put a list of x, y, width, height and label into what is read; one that is none is a note."""
    for box in boxes if isinstance(boxes, list) else [None]:
        _add(box, sample, reading)


def _add(box: Any, sample: str, reading: Reading) -> None:
    known = box if isinstance(box, dict) else {}
    edges = numbers([known.get(key) for key in ("x", "y", "width", "height")])
    if edges is None:
        reading.note(sample, "bounding box without usable x, y, width and height")
        return
    left, top, width, height = edges
    reading.add(sample, Box(left, top, left + width, top + height, str(known.get("label", ""))))


REGIONS.add("edge_impulse", RegionFormat("Edge Impulse bounding boxes", _takes, _read))
