"""``info.labels`` of an export: files with their labels and boxes, as JSON or a line per file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.fields import Document, text
from gradcam_core.projects.edge_impulse.fetch.remote import Remote, boxes_of, label_of, texts

INFO, BOXES = "info.labels", "bounding_boxes.labels"
TESTING = "testing"


@dataclass(frozen=True)
class Exported:
    """An exported file: where it lies below the export, and its sample."""

    path: str
    sample: Remote

    @property
    def is_inside(self) -> bool:
        """False for a path that leads out of the export; nothing ever opens it."""
        return ".." not in PurePosixPath(self.path).parts and not self.path.startswith("/")


def read_export(folder: Path) -> list[Exported]:
    """The test samples that an unpacked export describes; from the root's file, else from testing's own.

    Raises:
        SourceError: no ``info.labels``, or one that cannot be read.
    """
    root, own = folder / INFO, folder / TESTING / INFO
    if root.is_file():
        entries = [(str(one.get("path", "")), one) for one in entries_of(root)]
        entries = [(path, one) for path, one in entries if _is_test(path, one)]
    elif own.is_file():
        entries = [(f"{TESTING}/{one.get('path', '')}", one) for one in entries_of(own)]
    else:
        raise SourceError(f"{INFO} in the export", "none", "export again; names of files are no labels")
    beside = _boxes_beside(folder / TESTING / BOXES)
    return [Exported(path, _sample(path, one, beside)) for path, one in entries]


def entries_of(file: Path) -> list[Document]:
    """The file entries of an ``info.labels``; very large exports have a header line and one line per file.

    Raises:
        SourceError: neither form.
    """
    try:
        with file.open(encoding="utf-8-sig") as lines:
            first = lines.readline()
            if first.replace(" ", "").startswith('{"__ndjson":true'):
                return list(_lines(lines))
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        return [one for one in document["files"] if isinstance(one, dict)]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{INFO} as Edge Impulse writes it", f"{error}", "export again") from error


def _lines(lines: Any) -> Iterator[Document]:
    for line in lines:
        record = json.loads(line) if line.strip() else {}
        if record.get("__key") == "files":
            yield dict(record["__item"])


def _is_test(path: str, one: Document) -> bool:
    return text(one, "category") == TESTING or (
        one.get("category") is None and path.startswith(f"{TESTING}/")
    )


def _boxes_beside(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))["boundingBoxes"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{BOXES} as Edge Impulse writes it", str(error), "export again") from error
    return found if isinstance(found, dict) else {}


def _sample(path: str, one: Document, beside: dict[str, Any]) -> Remote:
    inside = path.removeprefix(f"{TESTING}/")
    boxes = boxes_of(one) or boxes_of({"boundingBoxes": beside.get(inside)})
    label = one.get("label")
    written = text(label, "label") if isinstance(label, dict) and label.get("type") == "label" else None
    name = text(one, "name") or inside
    return Remote(inside, name, label_of(written, boxes, bool(beside)), boxes, texts(one.get("metadata")))
