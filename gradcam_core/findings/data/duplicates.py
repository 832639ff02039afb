"""Copies among the pictures: the same bytes, or nearly the same pixels; across classes, across splits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gradcam_core.base.units import units_of
from gradcam_core.findings.data.reading import Data
from gradcam_core.images.likeness import copies


@dataclass(frozen=True)
class Copy:
    """Two samples (rows of the table) that show the same picture.

    ``identical``: the files are equal byte by byte. ``classes``, ``splits``: theirs differ, where known.
    """

    first: int
    second: int
    identical: bool
    difference: float
    classes: bool
    splits: bool


def find_copies(data: Data, root: Path, blank: Sequence[int] = ()) -> Iterator[Copy]:
    """Every copy once, beside the first of its kind; those across splits and classes first.

    ``blank``: rows whose pictures show nothing, and so are no copies of one another.
    """
    shown = data.read.copy()
    shown[list(blank)] = False
    rows = np.flatnonzero(shown)
    found = [
        _copy(data, root, int(rows[one]), int(rows[other]), far)
        for one, other, far in copies(data.pictures[rows])
    ]
    yield from sorted(found, key=lambda copy: (-copy.classes - copy.splits, copy.first, copy.second))


def _copy(data: Data, root: Path, first: int, second: int, difference: float) -> Copy:
    one, other = data.table.iloc[first], data.table.iloc[second]
    labels = {one["label"], other["label"]} - {None}
    same = one["bytes"] == other["bytes"] and _bytes(root, one["path"]) == _bytes(root, other["path"])
    return Copy(first, second, same, difference, len(labels) > 1, one["split"] != other["split"])


def _bytes(root: Path, path: str) -> bytes:
    return (root / path).read_bytes()


def units_with_copies(data: Data, found: Sequence[Copy]) -> NDArray[np.object_] | None:
    """(N,) what belongs together when samples are dealt out: patients or scenes, joined by copies.

    None where every sample stands alone.
    """
    units, _ = units_of(data.table)
    if units is None and not found:
        return None
    count = len(data.table)
    own = np.arange(count) if units is None else np.unique(units.astype(str), return_inverse=True)[1]
    pairs = np.array([(own[copy.first], own[copy.second]) for copy in found], dtype=int).reshape(-1, 2)
    joined = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(joined, directed=False)[1][own].astype(str), dtype=object)
