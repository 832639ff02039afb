"""Hugging Face's ``metadata.jsonl``: a line per picture, with boxes in ``objects`` (x, y, width, height).

huggingface.co/docs/datasets/image_dataset#object-detection
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.files import read_text
from gradcam_core.base.types import Box
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers
from gradcam_core.images.regions.matching import Matcher

_HEAD = 1_000_000
NAME, OBJECTS = "file_name", "objects"
_KINDS = ("categories", "category", "label", "labels")


def _takes(path: Path) -> bool:
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = json.loads(lines.readline(_HEAD))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and NAME in first and isinstance(first.get(OBJECTS), dict)


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    for file in files:
        strangers = 0
        try:
            for entry in _entries(file):
                sample = matcher.find(f"{file.parent.as_posix()}/{entry.get(NAME)}")
                if sample is None:
                    strangers += 1
                else:
                    _add(entry.get(OBJECTS), sample, reading)
        except (OSError, ValueError, RecursionError) as error:
            reading.problems.append(f"{file.name}: {error}")
        if strangers:
            reading.problems.append(f"{strangers} annotated pictures are not in this project")
    return reading


def _entries(file: Path) -> Iterator[Mapping[str, Any]]:
    for line in read_text(file).splitlines():
        entry = json.loads(line) if line.strip() else None
        if isinstance(entry, dict):
            yield entry


def _add(objects: Any, sample: str, reading: Reading) -> None:
    known = objects if isinstance(objects, dict) else {}
    boxes = known.get("bbox")
    kinds: list[Any] = next((known[key] for key in _KINDS if isinstance(known.get(key), list)), [])
    for place, written in enumerate(boxes if isinstance(boxes, list) else []):
        box = numbers(written, 4)
        if box is None:
            reading.note(sample, "an object without a usable bbox")
            continue
        label = str(kinds[place]) if place < len(kinds) else ""
        left, top, width, height = box
        reading.add(sample, Box(left, top, left + width, top + height, label))


REGIONS.add("hf_objects", RegionFormat("Hugging Face objects", _takes, _read, labels_too=True))
