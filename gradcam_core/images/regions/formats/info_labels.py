"""Edge Impulse's ``info.labels``: one entry per exported file, with its boxes among other things."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from gradcam_core.base.files import read_text
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat
from gradcam_core.images.regions.formats.edge_impulse import add_boxes
from gradcam_core.images.regions.matching import Matcher

NAME = "info.labels"
MOST = 1 << 30  # bytes; a million samples with metadata


def files_of(path: Path) -> list[dict[str, Any]]:
    """The file entries: of one JSON object, or of a header and one line per file, as large exports have.

    Raises:
        ValueError: neither form, in words.
    """
    stat = path.stat()
    return _parse(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _parse(path: Path, _modified: int, _size: int) -> list[dict[str, Any]]:
    try:
        text = read_text(path, MOST).removeprefix("\ufeff")
        head, _, rest = text.partition("\n")
        if head.replace(" ", "").startswith('{"__ndjson":true'):
            return list(_lines(rest))
        return [one for one in json.loads(text)["files"] if isinstance(one, dict)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        record = json.loads(line) if line.strip() else {}
        if record.get("__key") == "files":
            yield dict(record["__item"])


def _takes(path: Path) -> bool:
    if path.name.lower() != NAME:
        return False
    try:
        return any(one.get("boundingBoxes") for one in files_of(path))
    except (ValueError, OSError):
        return False


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    for file in files:
        for one in (one for one in files_of(file) if one.get("boundingBoxes")):
            sample = matcher.find(f"{file.parent.as_posix()}/{one.get('path', '')}")
            if sample is None:
                strangers += 1
            else:
                add_boxes(one["boundingBoxes"], sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} files with boxes are not in this project")
    return reading


REGIONS.add("edge_impulse_info", RegionFormat("Edge Impulse info.labels", _takes, _read))
