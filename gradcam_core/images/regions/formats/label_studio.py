"""Label Studio: JSON and JSON-MIN (labelstud.io/guide/export), values in percent of the picture."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from gradcam_core.base.types import Box, Polygon, Shape
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, load_json, numbers, size_of
from gradcam_core.images.regions.formats._shapes import NO_AREA, ellipse, turned_box
from gradcam_core.images.regions.matching import Matcher

Entry = Mapping[str, Any]
_WHOLE = frozenset(
    ("choices", "textarea", "rating", "number", "labels", "taxonomy", "relation", "pairwise")
)
_UPLOADED = re.compile(r"^[0-9a-f]{8}-")  # what an upload puts before a file's name


def _takes(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    data = load_json(path)
    return isinstance(data, list) and bool(data) and isinstance(data[0], dict) and _is_task(data[0])


def _is_task(task: Entry) -> bool:
    if isinstance(task.get("data"), dict):
        return isinstance(task.get("annotations", task.get("completions")), list)
    return "image" in task and any(_drawn(value) for value in task.values())


def _drawn(values: Any) -> bool:
    """Whether this is a list of shapes as JSON-MIN writes them."""
    return isinstance(values, list) and any(
        isinstance(one, dict) and "original_width" in one for one in values
    )


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading, strangers = Reading(), 0
    for file in files:
        for task in load_json(file):
            sample = _sample(task, matcher) if isinstance(task, dict) else None
            if sample is None:
                strangers += 1
                continue
            for value in _values(task):
                _add(value, sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} tasks of Label Studio name no picture of this project")
    return reading


def _sample(task: Entry, matcher: Matcher) -> str | None:
    """By any text of the task's data that names a picture, without what an upload puts before it."""
    data = task.get("data")
    texts = [
        str(one) for one in (data if isinstance(data, dict) else task).values() if isinstance(one, str)
    ]
    for text in texts:
        path = _path_of(text)
        above, slash, last = path.rpartition("/")
        for name in (path, above + slash + _UPLOADED.sub("", last)):
            if name and (found := matcher.find(name)):
                return found
    return None


def _path_of(text: str) -> str:
    """The path in an address, or behind its ``d=``; "" where it is no address."""
    try:
        link = urlsplit(text)
        return unquote((parse_qs(link.query).get("d") or [link.path])[0])
    except ValueError:
        return ""


def _values(task: Entry) -> Iterator[Entry]:
    """What was drawn: each value with the size of the picture and its own type."""
    written = task.get("annotations", task.get("completions"))
    for one in written if isinstance(written, list) else ():
        results = one.get("result") if isinstance(one, dict) and not one.get("was_cancelled") else ()
        for result in results if isinstance(results, list) else ():
            if isinstance(result, dict) and isinstance(result.get("value"), dict):
                yield {**result, **result["value"]}
    if not isinstance(task.get("data"), dict):
        for values in filter(_drawn, task.values()):
            yield from (value for value in values if isinstance(value, dict))


def _add(value: Entry, sample: str, reading: Reading) -> None:
    kind = next((key for key in value if key.endswith("labels")), str(value.get("type", "")))
    if kind in _WHOLE or not _WHOLE.isdisjoint(value):
        return  # says something of the whole picture
    names = value.get(kind)
    label = str(names[0]) if isinstance(names, list) and names else ""
    size = size_of(value.get("original_height"), value.get("original_width"))
    shape = _shape(value, size, label) if size is not None else None
    if shape is not None and size is not None:
        reading.sizes[sample] = size
        reading.add(sample, shape)
    elif "rle" in value:
        reading.note(sample, "brush strokes are not read out of JSON: export “Brush labels to PNG”")
    else:
        why = "encloses no area" if kind in NO_AREA else "cannot be used"
        reading.note(sample, f"Label Studio {kind or 'entry'} {label!r} {why}")


def _shape(value: Entry, size: tuple[int, int], label: str) -> Shape | None:
    down, across = size[0] / 100, size[1] / 100
    if isinstance(value.get("points"), list):
        points = [numbers(point, 2) for point in value["points"]]
        good = tuple((point[0] * across, point[1] * down) for point in points if point is not None)
        return Polygon(good, label) if len(good) == len(points) > 2 else None
    turn = numbers((value.get("rotation") or 0,))
    oval = numbers([value.get(key) for key in ("x", "y", "radiusX", "radiusY")])
    if oval is not None and turn is not None:
        x, y, a, b = oval
        return ellipse(x * across, y * down, a * across, b * down, turn[0], label)
    edges = numbers([value.get(key) for key in ("x", "y", "width", "height")])
    if edges is None or turn is None:
        return None
    left, top, width, height = edges[0] * across, edges[1] * down, edges[2] * across, edges[3] * down
    if turn[0] % 360:
        return turned_box((left, top), (width, height), turn[0], (left, top), label)
    return Box(left, top, left + width, top + height, label)


REGIONS.add("label_studio", RegionFormat("Label Studio JSON", _takes, _read))
