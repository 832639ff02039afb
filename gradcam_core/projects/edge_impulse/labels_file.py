"""An export of Edge Impulse on disk: category, labels and boxes of its files, out of ``info.labels``."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gradcam_core.base.errors import SourceError
from gradcam_core.images.regions.formats.info_labels import files_of
from gradcam_core.projects.edge_impulse.api.fields import Document, text
from gradcam_core.projects.edge_impulse.remote import Remote, boxes_of, texts

INFO, BOXES = "info.labels", "bounding_boxes.labels"
TESTING = "testing"
CATEGORIES = (TESTING, "validation", "training", "post-processing")
"""As Studio calls them, in the order in which an audit would have them."""


@dataclass(frozen=True)
class Exported:
    """An exported file: where it lies below the export, its sample, and the kind of its label."""

    path: str
    sample: Remote
    kind: str = "label"

    @property
    def is_inside(self) -> bool:
        """False for a path that leads out of the export; nothing ever opens it."""
        return ".." not in PurePosixPath(self.path).parts and not self.path.startswith("/")


def is_export(folder: Path) -> bool:
    """Whether the folder is an export, or one category of it."""
    return any((folder / place / INFO).is_file() for place in ("", *CATEGORIES))


def categories_of(folder: Path) -> Counter[str]:
    """How many files each category of an export has.

    Raises:
        SourceError: as :func:`read_export`.
    """
    return Counter(category for _, category, _ in _entries(folder))


def read_export(folder: Path, category: str = TESTING) -> list[Exported]:
    """The samples of one category of an unpacked export; by the root's file, else by the categories' own.

    Where boxes have other labels than their pictures, pictures have none: what stands there is the file's
    name, as in projects that detect objects.

    Raises:
        SourceError: no ``info.labels``, or one that cannot be read.
    """
    chosen = [(path, one) for path, name, one in _entries(folder) if name == category]
    beside = {**_boxes_beside(folder / BOXES), **_boxes_beside(folder / category / BOXES)}
    found = [(path, one, _boxes(path, one, category, beside)) for path, one in chosen]
    by_boxes = any(boxes and _written(one) not in {box.label for box in boxes} for _, one, boxes in found)
    return [
        Exported(path, _sample(path, one, boxes, category, by_boxes), _kind(one))
        for path, one, boxes in found
    ]


def _entries(folder: Path) -> list[tuple[str, str, Document]]:
    """(path below the folder, category, entry) of every file."""
    if (folder / INFO).is_file():
        listed = [(str(one.get("path", "")), one) for one in entries_of(folder / INFO)]
        return [(path, _category(path, one), one) for path, one in listed]
    own = [name for name in CATEGORIES if (folder / name / INFO).is_file()]
    if not own:
        raise SourceError(f"{INFO} in the export", "none", "export again; names of files are no labels")
    return [
        (f"{name}/{one.get('path', '')}", name, one)
        for name in own
        for one in entries_of(folder / name / INFO)
    ]


def entries_of(file: Path) -> list[Document]:
    """The file entries of an ``info.labels``.

    Raises:
        SourceError: it has neither of the forms that Edge Impulse writes.
    """
    try:
        return files_of(file)
    except (ValueError, OSError) as error:
        raise SourceError(f"{INFO} as Edge Impulse writes it", f"{error}", "export again") from error


def _category(path: str, one: Document) -> str:
    first = path.split("/", maxsplit=1)[0]
    return text(one, "category") or (first if first in CATEGORIES else TESTING)


def _boxes_beside(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))["boundingBoxes"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{BOXES} as Edge Impulse writes it", str(error), "export again") from error
    return found if isinstance(found, dict) else {}


def _boxes(path: str, one: Document, category: str, beside: Mapping[str, Any]) -> Any:
    inside = path.removeprefix(f"{category}/")
    return boxes_of(one) or boxes_of({"boundingBoxes": beside.get(inside)})


def _kind(one: Document) -> str:
    label = one.get("label")
    return (text(label, "type") if isinstance(label, dict) else None) or "unlabeled"


def _written(one: Document) -> str | None:
    label = one.get("label")
    return text(label, "label") if isinstance(label, dict) and label.get("type") == "label" else None


def _sample(path: str, one: Document, boxes: Any, category: str, by_boxes: bool) -> Remote:
    inside = path.removeprefix(f"{category}/")
    name, label = text(one, "name") or inside, _written(one)
    return Remote(inside, name, None if by_boxes else label, boxes, texts(one.get("metadata")))
