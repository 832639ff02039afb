"""A test sample as Edge Impulse knows it, whichever way it came: a page of the API, or an export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gradcam_core.base.types import Box
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, text


@dataclass(frozen=True)
class Remote:
    """One sample before its picture is here.

    Attributes:
        id: Edge Impulse's number as text; for an export the file's path below its split.
        name: the sample's name there.
        label: as written there; None without one.
        boxes: in pixels of the stored picture.
        metadata: text by key.
        version: changes when the sample's content does.
        size: (height, width) where it is told.
        length_ms: of a sound, where it is told.
    """

    id: str
    name: str
    label: str | None
    boxes: tuple[Box, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    size: tuple[int, int] | None = None
    length_ms: float | None = None


def boxes_of(document: Document) -> tuple[Box, ...]:
    """Usable bounding boxes of a sample or of an exported file."""
    found = (_box(one) for one in objects(document, "boundingBoxes"))
    return tuple(box for box in found if box is not None)


def _box(one: Document) -> Box | None:
    numbers = [one.get(name) for name in ("x", "y", "width", "height")]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in numbers):
        return None
    x, y, width, height = (float(value) for value in numbers if value is not None)
    if width <= 0 or height <= 0:
        return None
    return Box(x, y, x + width, y + height, str(one.get("label", "")))


def texts(value: Any) -> dict[str, str]:
    """A metadata object as text by key."""
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}


def label_of(label: str | None, boxes: tuple[Box, ...], by_boxes: bool) -> str | None:
    """The class label; where the project is labelled by boxes, the label field is the file's name."""
    return None if by_boxes and boxes else text({"label": label}, "label")
