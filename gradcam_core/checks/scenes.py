"""What the edits work on: pictures, regions and predictions of the test set, and the edits' registry."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.checks import fill
from gradcam_core.checks.halves import Half, half_of
from gradcam_core.checks.logodds import as_classes, is_regression
from gradcam_core.detection.reading import class_logits
from gradcam_core.registry import Registry
from gradcam_core.types import Floats, Picture, Suspicion, check_array

Arm = Literal["edit", "control"]
Rows = NDArray[np.intp]
SMALLEST, LARGEST = 0.002, 0.8


class Predict(Protocol):
    """Pictures (M, H, W, 3) uint8 at network size -> logits (M, K)."""

    def __call__(self, pictures: Picture) -> Floats: ...


class Embed(Protocol):
    """Pictures (M, H, W, 3) uint8 at network size -> embeddings (M, D)."""

    def __call__(self, pictures: Picture) -> Floats: ...


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

    def half(self, row: int) -> Half:
        return half_of(self.unit(row))

    def read(self, outputs: Floats, rows: Rows) -> Floats:
        """(M, K) class logits of edits of ``rows`` out of the model's outputs (M, …)."""
        cells = self.cells
        return outputs if cells is None else class_logits(outputs, cells[rows], self.activation)

    @property
    def size(self) -> tuple[int, int]:
        return int(self.pictures.shape[1]), int(self.pictures.shape[2])

    @property
    def regression(self) -> bool:
        return is_regression(self.logits.shape[1], self.activation)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        return {sample: row for row, sample in enumerate(self.ids)}

    @cached_property
    def class_logits(self) -> Floats:
        """(N, K) with one column per class, also for a one-unit sigmoid head."""
        return as_classes(self.logits, self.activation)

    @cached_property
    def predicted(self) -> Rows:
        """(N,) class index; for regression 0 below the median output and 1 above it."""
        if self.regression:
            output = self.logits[:, 0]
            return np.asarray(output > np.median(output), dtype=np.intp)
        return np.asarray(self.class_logits.argmax(axis=1), dtype=np.intp)

    @cached_property
    def groups(self) -> Rows:
        """(N,) the label, or the prediction where there is no label: whose backgrounds these are."""
        return np.where(self.labels >= 0, self.labels, self.predicted)

    def class_name(self, index: int | None) -> str | None:
        if index is None or self.regression or not 0 <= index < len(self.class_names):
            return None
        return self.class_names[index]


@dataclass(frozen=True)
class Edit:
    """One planned picture. ``row`` is edited; ``donor`` is the row the new pixels came from."""

    row: int
    edit: str
    filler: str
    arm: Arm
    picture: Picture
    suspicion: str = ""
    donor: int | None = None
    target: int | None = None


@dataclass
class Stage:
    """Scenes, suspicions and what several edits share, computed when first asked for.

    Attributes:
        box_margin: share of a box's sides by which box regions grow (below zero: shrink) before they
            are used. Boxes hold background too: run with 0 and with -0.15 and compare.
    """

    scenes: Scenes
    suspicions: Sequence[Suspicion] = ()
    box_margin: float = 0.0
    patterns: dict[str, Floats | None] = field(default_factory=dict, repr=False)
    carriers: dict[str, Rows] = field(default_factory=dict, repr=False)
    looks: dict[int, Mapping[str, NDArray[np.float64]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.background = lru_cache(maxsize=256)(self._background)

    @cached_property
    def usable(self) -> Rows:
        """Rows whose region covers neither nothing nor nearly everything."""
        area = self.areas
        with np.errstate(invalid="ignore"):
            return np.flatnonzero((area > SMALLEST) & (area < LARGEST))

    @cached_property
    def areas(self) -> Floats:
        """(N,) the object's share of the picture, NaN without a region."""
        return np.asarray([float(part.mean()) for part in self.scenes.cover], dtype=np.float32)

    def cover(self, row: int) -> Floats:
        """(H, W) the object's share of each pixel of the picture."""
        cover = fill.resize(np.asarray(self.scenes.cover[row], np.float32), self.scenes.size)
        if self.scenes.region_source[row] == "box" and self.box_margin:
            return fill.grow(cover, self.box_margin)
        return cover

    def mask(self, row: int) -> NDArray[np.bool_]:
        return self.cover(row) >= 0.5

    def hole(self, row: int) -> NDArray[np.bool_]:
        """The object and a rim of three pixels, so that nothing of it shows at the seam."""
        return fill.dilate(self.mask(row), fill.RIM)

    def _background(self, row: int) -> Picture:
        """The picture with its object painted over from its own surroundings."""
        return fill.inpaint(self.scenes.pictures[row], self.hole(row))

    @cached_property
    def donors(self) -> Mapping[int, Rows]:
        """Class -> rows that can lend a background; those with small objects, where there are enough."""
        return {int(group): self._small(group) for group in np.unique(self.scenes.groups[self.usable])}

    def _small(self, group: int, enough: int = 8) -> Rows:
        rows = self.usable[self.scenes.groups[self.usable] == group]
        keep = max(enough, len(rows) // 2)
        return np.sort(rows[np.argsort(self.areas[rows], kind="stable")[:keep]])

    def random_class(self, row: int, rng: np.random.Generator, classes: Iterable[int]) -> int | None:
        """A class out of ``classes`` that is not the predicted one, or None."""
        others = sorted(set(classes) - {int(self.scenes.predicted[row])})
        return int(rng.choice(others)) if others else None

    def random_donor(self, row: int, group: int, rng: np.random.Generator) -> int | None:
        """Another sample of ``group`` that lends its background, or None."""
        pool = self.donors.get(group, np.empty(0, dtype=np.intp))
        pool = pool[pool != row]
        return int(rng.choice(pool)) if len(pool) else None


Plan = Callable[[Stage, int, Suspicion | None, np.random.Generator], Iterable[Edit]]
Eligible = Callable[[Stage, Suspicion | None], Rows]


def every_row(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """Every sample can be edited."""
    return np.arange(len(stage.scenes.ids))


def rows_with_region(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """Samples with a usable region."""
    return stage.usable


@dataclass(frozen=True)
class Check:
    """One edit with its control.

    Attributes:
        title, help: for people.
        plan: yields the edits of one sample; seeded by sample, so one alone equals one in a set.
        eligible: which rows it can be done on.
        needs_region: False where it works without any region.
        flags: the suspicions it tests; empty: every run gets it once, without a suspicion.
        decisive: True where edit minus control above zero says "the model uses it"; False where the
            numbers describe (both arms disturb different things, so their difference is a comparison).
        fillers: the ways that have to agree. A name "a:b" is way b of quantity a: agreement is asked
            for within a quantity.
    """

    title: str
    help: str
    plan: Plan
    eligible: Eligible = every_row
    needs_region: bool = False
    flags: tuple[str, ...] = ()
    decisive: bool = True
    fillers: tuple[str, ...] = ()


CHECKS: Registry[Check] = Registry("check", "gradcam_core.checks")
