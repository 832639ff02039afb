"""Every layout in which Studio hands out a project's pictures, drawn small."""

import json
from pathlib import Path

from tests.projects.edge_impulse import toy

Files = dict[str, bytes]
PER_CATEGORY = {"training": 6, "testing": 4, "validation": 2}


def entry(path: str, label: str, category: str | None, **more: object) -> dict:
    said = {"type": "label", "label": label}
    known = {"path": path, "label": said, "metadata": {"site": "a"}, **more}
    return known if category is None else {**known, "category": category}


def _files() -> list[tuple[str, str, str, int]]:
    """(category, name, label, number)."""
    found, number = [], 0
    for category, count in PER_CATEGORY.items():
        for _ in range(count):
            label = toy.label(number)
            name = f"{label}.0_{number}.png.2f{number}x.ingestion-7c8-abc.jpg"
            found.append((category, name, label, number % toy.COUNT))
            number += 1
    return found


def with_one_file_of_labels() -> Files:
    """Data export: ``info.labels`` at the root, paths with their category."""
    entries = [entry(f"{c}/{n}", label, c) for c, n, label, _ in _files()]
    pictures = {f"{c}/{n}": toy.picture(number) for c, n, _, number in _files()}
    return {"README.txt": b"x", "info.labels": _json(entries), **pictures}


def with_lines() -> Files:
    """The same of a very large project: a header and one line per file."""
    entries = [entry(f"{c}/{n}", label, c) for c, n, label, _ in _files()]
    lines = [json.dumps({"__key": "files", "__item": one}) for one in entries]
    return {
        **with_one_file_of_labels(),
        "info.labels": "\n".join(['{"__ndjson":true,"version":1}', *lines]).encode(),
    }


def with_labels_per_category() -> Files:
    """What ``edge-impulse-uploader`` takes: each category with its own ``info.labels``."""
    files = {f"{c}/{n}": toy.picture(number) for c, n, _, number in _files()}
    for category in PER_CATEGORY:
        own = [entry(n, label, None) for c, n, label, _ in _files() if c == category]
        files[f"{category}/info.labels"] = _json(own)
    return files


def flat() -> Files:
    """All files beside one ``info.labels``; the category stands in it only."""
    entries = [entry(n, label, c) for c, n, label, _ in _files()]
    return {
        "info.labels": _json(entries),
        **{n: toy.picture(number) for _, n, _, number in _files()},
    }


def without_labels() -> Files:
    """Unpacked without its ``info.labels``: the names alone."""
    return {f"{c}/{n.replace('small.dog', 'dog')}": toy.picture(number) for c, n, _, number in _files()}


def with_boxes() -> Files:
    """Object detection: boxes beside, the label field is the name's beginning."""
    entries = [entry(f"testing/{i}.jpg", str(i), "testing") for i in range(3)]
    boxes = {f"{i}.jpg": [toy.box(i)] for i in range(2)}
    beside = {"version": 1, "type": "bounding-box-labels", "boundingBoxes": boxes}
    return {
        "info.labels": _json(entries),
        "testing/bounding_boxes.labels": json.dumps(beside).encode(),
        **{f"testing/{i}.jpg": toy.picture(i) for i in range(3)},
    }


def with_boxes_inline() -> Files:
    """The same, the boxes in ``info.labels``."""
    entries = [
        entry(f"testing/{i}.jpg", str(i), "testing", boundingBoxes=[toy.box(i)] if i < 2 else [])
        for i in range(3)
    ]
    return {"info.labels": _json(entries), **{f"testing/{i}.jpg": toy.picture(i) for i in range(3)}}


def with_series() -> Files:
    """A project of sounds or time series."""
    entries = [entry(f"testing/{i}.cbor", "idle", "testing") for i in range(3)]
    return {"info.labels": _json(entries), **{f"testing/{i}.cbor": b"\xa0" for i in range(3)}}


def unpack(files: Files, root: Path) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def _json(entries: list[dict]) -> bytes:
    return json.dumps({"version": 1, "files": entries}).encode()
