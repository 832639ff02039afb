"""What a region format is. A new file in this package that registers one is all it needs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gradcam_core.base.files import read_text
from gradcam_core.base.pixels import MAX_PIXELS
from gradcam_core.base.registry import Registry
from gradcam_core.base.types import Polygon, Shape
from gradcam_core.images.regions.matching import Matcher

MOST_POINTS = 100_000  # of one polygon; drawing takes 5 kB for each


@dataclass
class Reading:
    """What one format says, before it is fitted to the pictures.

    Attributes:
        shapes: sample id -> shapes in pixels of the annotated picture.
        sizes: sample id -> (height, width) of the annotated picture, where the format tells it; (1, 1) of
            shapes in shares.
        notes: sample id -> what was wrong with its entries.
        problems: sentences about entries that belong to no sample.
    """

    shapes: dict[str, list[Shape]] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, sample: str, shape: Shape) -> None:
        """A shape of this sample; one that nobody could draw is noted."""
        if isinstance(shape, Polygon) and len(shape.points) > MOST_POINTS:
            self.note(sample, f"a polygon of {len(shape.points):,} points, more than {MOST_POINTS:,}")
        else:
            self.shapes.setdefault(sample, []).append(shape)

    def note(self, sample: str | None, text: str) -> None:
        if sample is None:
            self.problems.append(text)
        else:
            self.notes.setdefault(sample, []).append(text)


@dataclass(frozen=True)
class RegionFormat:
    """One annotation format.

    Attributes:
        title: for the "what I understood" lines.
        takes: whether a file is of this format, by name and content.
        read: all its files -> what they say; the matcher knows the samples.
        labels_too: its files name the pictures' labels as well, as a table does.
    """

    title: str
    takes: Callable[[Path], bool]
    read: Callable[[Sequence[Path], Matcher], Reading]
    labels_too: bool = False


REGIONS: Registry[RegionFormat] = Registry("region format", __name__)


def load_json(path: Path) -> Any:
    """The parsed file, or None where it is not JSON. Kept in memory as long as the file stays the same."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return _parse(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _parse(path: Path, _modified: int, _size: int) -> Any:
    try:
        return json.loads(read_text(path))
    except (OSError, ValueError, RecursionError):
        return None


def numbers(values: Any, count: int | None = None) -> list[float] | None:
    """A list of finite floats (of this length), or None where it is anything else."""
    try:
        floats = [float(value) for value in values]
    except (TypeError, ValueError):
        return None
    finite = all(abs(value) < 1e9 for value in floats)  # also false for NaN
    return floats if finite and count in (None, len(floats)) else None


def size_of(height: Any, width: Any) -> tuple[int, int] | None:
    """(height, width) of an annotated picture as a file says them; None where no picture has that size."""
    found = numbers((height, width))
    usable = found is not None and min(found) >= 1 and found[0] * found[1] <= MAX_PIXELS
    return (int(found[0]), int(found[1])) if usable and found is not None else None
