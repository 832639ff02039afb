"""What the edits of a test set share: its regions, donors and backgrounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Doubles, Floats, Picture
from gradcam_core.edits.engine import filling
from gradcam_core.edits.engine.scenes import Rows, Scenes

SMALLEST, LARGEST = 0.002, 0.8
ENOUGH = 8  # pictures of a class that can lend


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
    looks: dict[int, Mapping[str, Doubles]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.background = lru_cache(maxsize=256)(self._background)
        self.taken = lru_cache(maxsize=256)(self._taken)
        self.emptied = lru_cache(maxsize=256)(self._emptied)

    @cached_property
    def usable(self) -> Rows:
        """(M,) rows whose region covers neither nothing nor nearly all; of objects only what is one."""
        area = self.areas
        with np.errstate(invalid="ignore"):
            return np.flatnonzero((area > SMALLEST) & (area < LARGEST) & self._objects)

    @property
    def _objects(self) -> NDArray[np.bool_]:
        """(N,) False for rows that stand for no object of their own: false alarms, empty pictures."""
        scenes = self.scenes
        return np.asarray((scenes.groups != scenes.nothing) | (scenes.cells is None), dtype=np.bool_)

    @cached_property
    def areas(self) -> Floats:
        """(N,) float32, the object's share 0..1 of the picture, NaN without a region."""
        return np.asarray([float(part.mean()) for part in self.scenes.cover], dtype=np.float32)

    def cover(self, row: int) -> Floats:
        """(H, W) float32 in 0..1, the object's share of each pixel of the picture."""
        cover = filling.resize(np.asarray(self.scenes.cover[row], np.float32), self.scenes.size)
        if self.scenes.region_source[row] == "box" and self.box_margin:
            return filling.grow(cover, self.box_margin)
        return cover

    def mask(self, row: int) -> NDArray[np.bool_]:
        """(H, W) bool, pixels of which the object covers half or more."""
        return self.cover(row) >= 0.5

    def hole(self, row: int) -> NDArray[np.bool_]:
        """(H, W) bool, the object and a rim of three pixels, so that nothing of it shows at the seam."""
        return filling.dilate(self.mask(row), filling.RIM)

    def _taken(self, row: int) -> NDArray[np.bool_]:
        """(H, W) what lies on an object and is no place for an edit of surroundings: the row's hole.

        Where rows are objects those of all rows of its picture.
        """
        if self.scenes.cells is None:
            return self.hole(row)
        same = np.flatnonzero(self.scenes.pictured == self.scenes.pictured[row])
        covers = [self.cover(int(one)) for one in same]
        return filling.dilate(np.any([cover >= 0.5 for cover in covers], axis=0), filling.RIM)

    def _background(self, row: int) -> Picture:
        """The picture with its object painted over from its own surroundings."""
        return filling.inpaint(self.scenes.pictures[row], self.hole(row))

    def _emptied(self, row: int) -> Picture:
        """The same without any object; equal where a row is a picture."""
        if self.scenes.cells is None:
            return self.background(row)
        return filling.inpaint(self.scenes.pictures[row], self.taken(row))

    @cached_property
    def donors(self) -> Mapping[int, Rows]:
        """Class -> (M,) rows that can lend a background; those with small objects, if there are enough."""
        return {int(group): self._small(group) for group in np.unique(self.scenes.groups[self.usable])}

    def answering(self, rows: Rows, group: int) -> Rows:
        """(M,) those of ``rows`` that the model puts into ``group``; all of them where these are too few.

        What is lent of a class is to be what the model takes for that class: of pictures with a cue that
        goes with nine of ten, the tenth would lend the other class's cue, in both arms.
        """
        said = rows[self.scenes.predicted[rows] == group]
        return said if len(said) >= ENOUGH else rows

    def _small(self, group: int) -> Rows:
        rows = self.answering(self.usable[self.scenes.groups[self.usable] == group], group)
        keep = max(ENOUGH, len(rows) // 2)
        return np.sort(rows[np.argsort(self.areas[rows], kind="stable")[:keep]])

    def others(self, pool: Rows, row: int, group: int) -> Rows:
        """Those of ``pool`` that can lend to ``row`` what is of another ``group``, or of its own.

        Never of its own picture; where a picture has several classes, none that has the row's class, too.
        """
        scenes, own = self.scenes, int(self.scenes.predicted[row])
        pool = pool[scenes.pictured[pool] != scenes.pictured[row]]
        if scenes.own_classes is None or group == own:
            return pool
        return pool[~scenes.holding(own)[pool]]

    def random_class(self, row: int, rng: np.random.Generator, classes: Iterable[int]) -> int | None:
        """A class out of ``classes`` that is not the predicted one, or None."""
        others = sorted(set(classes) - {int(self.scenes.predicted[row])})
        return int(rng.choice(others)) if others else None

    def random_donor(self, row: int, group: int, rng: np.random.Generator) -> int | None:
        """Another sample of ``group`` that lends its background, or None."""
        pool = self.others(self.donors.get(group, np.empty(0, dtype=np.intp)), row, group)
        return int(rng.choice(pool)) if len(pool) else None
