"""The test set that edits work on: its pictures, regions and what the model said before any edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.hashing import Half, half_of
from gradcam_core.base.logits import as_classes, class_logits, is_regression, own_class_logits
from gradcam_core.base.types import BACKGROUND, Floats, Picture, check_array, picture_of
from gradcam_core.images import turned

Rows = NDArray[np.intp]


class Predict(Protocol):
    """Pictures (M, H, W, 3) uint8 at network size -> logits (M, K)."""

    def __call__(self, pictures: Picture) -> Floats: ...


class Embed(Protocol):
    """Pictures (M, H, W, 3) uint8 at network size -> embeddings (M, D)."""

    def __call__(self, pictures: Picture) -> Floats: ...


@dataclass(frozen=True)
class OwnClasses:
    """Rows that are each about one class of their picture, of several classes that do not compete.

    Attributes:
        own: (N,) class of each row; the last class name of the scenes stands for its absence.
        outputs: (N, K) of the model before any edit.
        limits: (K,) the logit from which a class is said.
        pictures: N, what picture each row is on.
    """

    own: Rows
    outputs: Floats
    limits: Floats
    pictures: tuple[str, ...]

    def read(self, outputs: Floats, rows: Rows, target: Rows | None = None) -> Floats:
        """(M, K+1) float32 class logits of edits of ``rows``, each read for its own class; where
        ``target`` (M,) names a class, for that one."""
        own = self.own[rows]
        if target is not None:
            own = np.where((target >= 0) & (target < outputs.shape[1]), target, own)
        return own_class_logits(outputs, own, self.limits)


@dataclass(frozen=True)
class Scenes:
    """A test set as the edits see it; rows of samples that could not be read are left out before.

    Attributes:
        ids: N sample ids.
        pictures: (N, H, W, 3) uint8, as the network sees them (may be a memory map).
        cover: (N, h, w) float32 in [0, 1], the object's share of each pixel; NaN rows without a region.
        region_source: N of mask, box, drawn, estimated, none.
        labels: (N,) class index, -1 where there is none.
        class_names: K names; () for regression.
        logits: (N, K) before any edit.
        activation: of the output: softmax, sigmoid (one unit: two classes) or linear.
        embeddings: (N, D) of the pictures before any edit, or None.
        tolerance: of an output without classes, the smallest change that counts; half a standard deviation
            of the outputs where None.
        units: the patient or scene of each sample; () where every sample stands alone.
        cells: (N, h, w) shares of the cells of a grid answer that each row stands for, or None.
        threshold: of anomaly scores, whose one logit is the score minus it; None for other outputs.
        own_classes: of rows that are each about one class, or None; ``logits`` are then read by it.
        turns: EXIF orientation of each sample that makes its picture here the one that people see; ()
            where all of them are upright.
    """

    ids: tuple[str, ...]
    pictures: Picture
    cover: NDArray[np.floating]
    region_source: tuple[str, ...]
    labels: Rows
    class_names: tuple[str, ...]
    logits: Floats
    activation: str
    embeddings: Floats | None = None
    units: tuple[str, ...] = ()
    cells: Floats | None = None
    tolerance: float | None = None
    threshold: float | None = None
    turns: tuple[int, ...] = ()
    own_classes: OwnClasses | None = None

    def __post_init__(self) -> None:
        check_array("Scenes.pictures", self.pictures, 4, "u")
        check_array("Scenes.cover", self.cover, 3)
        check_array("Scenes.logits", self.logits, 2)
        parts = (self.pictures, self.cover, self.region_source, self.labels, self.logits)
        lengths = [len(self.ids), *(len(part) for part in parts)]
        if len(set(lengths)) != 1:
            raise ValueError(f"Scenes: expected {len(self.ids)} rows in every part, got {lengths}")

    def unit(self, row: int) -> str:
        """What a row is resampled with: its patient or scene, else itself."""
        return self.units[row] if self.units else self.ids[row]

    def shown(self, row: int, picture: Picture) -> Picture:
        """A picture of this row, edited or not, (H, W, 3), the way up that people see it."""
        return np.ascontiguousarray(turned(picture, self.turns[row])) if self.turns else picture

    def half(self, row: int) -> Half:
        """Whether a row is searched or confirms; all rows of a unit are in one half."""
        return half_of(self.unit(row))

    def read(self, outputs: Floats, rows: Rows, target: Rows | None = None) -> Floats:
        """(M, K) float32 class logits of edits of ``rows`` out of the model's outputs (M, …).

        ``target`` (M,) is the class that each edit is to bring about, -1 without: where rows are about one
        class each, it is what these are read for.
        """
        if self.own_classes is not None:
            return self.own_classes.read(outputs, rows, target)
        cells = self.cells
        return outputs if cells is None else class_logits(outputs, cells[rows], self.activation)

    def before(self, rows: Rows, target: Rows) -> Floats:
        """(M, K) float32 class logits of ``rows`` before any edit, read as by :meth:`read`."""
        own = self.own_classes
        return self.class_logits[rows] if own is None else own.read(own.outputs[rows], rows, target)

    @property
    def nothing(self) -> int:
        """The class that stands for nothing there: background, or absence; -1 where there is none."""
        if self.own_classes is not None:
            return len(self.class_names) - 1
        return -1 if self.cells is None else self.class_names.index(BACKGROUND)

    def goal(self, target: int) -> int | None:
        """What an edit that takes something from class ``target`` is to bring about.

        Where rows are about one class each, its absence; None for an output without classes.
        """
        if self.regression:
            return None
        return target if self.own_classes is None else self.nothing

    def holding(self, index: int) -> NDArray[np.bool_]:
        """(N,) bool, rows on pictures that have the class, by label or, without one, by answer."""
        return np.asarray(np.isin(self.pictured, self.pictured[self.groups == index]), dtype=np.bool_)

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the network input."""
        return int(self.pictures.shape[1]), int(self.pictures.shape[2])

    @property
    def regression(self) -> bool:
        """The output is one number, not classes."""
        return is_regression(self.logits.shape[1], self.activation)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Sample id -> row."""
        return {sample: row for row, sample in enumerate(self.ids)}

    @cached_property
    def pictured(self) -> Rows:
        """(N,) the same number 0.. for all rows of one picture; where rows are pictures each its own."""
        if self.own_classes is not None:
            return np.unique(self.own_classes.pictures, return_inverse=True)[1]
        if self.cells is None:
            return np.arange(len(self.ids))
        return np.unique([picture_of(name) for name in self.ids], return_inverse=True)[1]

    @cached_property
    def class_logits(self) -> Floats:
        """(N, K) float32 with one column per class, also for a one-unit sigmoid head."""
        return as_classes(self.logits, self.activation)

    @cached_property
    def predicted(self) -> Rows:
        """(N,) class index 0..K-1; for regression 0 below the median output and 1 above it."""
        if self.regression:
            output = self.logits[:, 0]
            return np.asarray(output > np.median(output), dtype=np.intp)
        return np.asarray(self.class_logits.argmax(axis=1), dtype=np.intp)

    @cached_property
    def groups(self) -> Rows:
        """(N,) class index of the label, or of the prediction without one: whose backgrounds these are."""
        return np.where(self.labels >= 0, self.labels, self.predicted)

    def class_name(self, index: int | None) -> str | None:
        """The name of a class; None for -1, and for an output without classes."""
        if index is None or self.regression or not 0 <= index < len(self.class_names):
            return None
        return self.class_names[index]
