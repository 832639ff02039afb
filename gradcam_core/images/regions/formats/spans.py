"""Spans of time in sounds: CSV or JSON of (path, start_s, end_s[, low_hz, high_hz]), Audacity labels.

A span is a box over the whole height of the picture of the sound, or between two frequencies. Seconds count
from the beginning of the sound that the features were made of.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_text
from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Box
from gradcam_core.images import features_of
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, load_json, numbers
from gradcam_core.images.regions.matching import Matcher

TIMES = ("start_s", "end_s")
MOST_IN_A_LINE = 10_000
_AUDACITY = re.compile(r"^\d+(\.\d+)?\t\d+(\.\d+)?(\t[^\t]*)?\s*$")
_FREQUENCIES = re.compile(r"^\\\t(-?\d+(?:\.\d+)?)\t(-?\d+(?:\.\d+)?)\s*$")


def _takes(path: Path) -> bool:
    kind = path.suffix.lower()
    if kind == ".json":
        data = load_json(path)
        return isinstance(data, list) and bool(data) and _is_entry(data[0])
    if kind not in (".csv", ".txt"):
        return False
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = lines.readline(MOST_IN_A_LINE)
    except (OSError, UnicodeDecodeError):
        return False
    if kind == ".txt":
        return bool(_AUDACITY.match(first))
    return set(TIMES) <= {name.strip() for name in first.split(",")}


def _is_entry(one: Any) -> bool:
    return isinstance(one, dict) and {"path", *TIMES} <= set(one)


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    for file in files:
        for entry in _entries(file):
            sample = matcher.find(str(entry.get("path") or ""))
            if sample is None:
                strangers += 1
            else:
                _add(entry, sample, matcher.file(sample), reading)
    if strangers:
        reading.problems.append(f"{strangers} spans are of no sound of this project")
    return reading


def _entries(file: Path) -> Iterable[Mapping[str, Any]]:
    if file.suffix.lower() == ".json":
        return [one for one in load_json(file) if isinstance(one, dict)]
    text = read_text(file, errors="replace")
    if file.suffix.lower() == ".txt":
        return _labels(file, text.splitlines())
    return list(csv.DictReader(text.splitlines(), skipinitialspace=True))


def _labels(file: Path, lines: Sequence[str]) -> list[dict[str, Any]]:
    """Audacity's label track: start, end, text; a line that begins with a backslash has the frequencies."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if found and (limits := _FREQUENCIES.match(line)):
            low, high = (float(value) for value in limits.groups())
            found[-1] |= {"low_hz": low if low >= 0 else None, "high_hz": high if high >= 0 else None}
        elif _AUDACITY.match(line):
            start, end, *label = line.rstrip("\n").split("\t")
            found.append({"path": file.as_posix(), "start_s": start, "end_s": end, "label": "".join(label)})
    return found


def _add(entry: Mapping[str, Any], sample: str, file: Path, reading: Reading) -> None:
    times = numbers([entry.get(name) for name in TIMES])
    limits = numbers([entry.get(name) or fallback for name, fallback in (("low_hz", 0), ("high_hz", 1e8))])
    try:
        features = features_of(file)
    except ProjectError as error:
        reading.note(sample, str(error))
        return
    if features is None or file.suffix.lower() != ".npy":
        reading.note(sample, "a span of time for a file that is no described sound")
    elif times is None or limits is None or not times[0] < times[1] or not limits[0] < limits[1]:
        reading.note(sample, "a span without usable start_s and end_s, low_hz and high_hz")
    else:
        reading.add(sample, _box(features, times, limits, str(entry.get("label") or "")))


def _box(features: Features, times: Sequence[float], limits: Sequence[float], label: str) -> Box:
    """Frequencies are left out where bands have none."""
    top, bottom = 0.0, float(features.size[0])
    if features.hertz:
        top = features.row(limits[1])
        bottom = features.row(limits[0]) if limits[0] > 0 else bottom
    return Box(features.column(times[0]), top, features.column(times[1]), bottom, label)


REGIONS.add("spans", RegionFormat("spans of time", _takes, _read))
