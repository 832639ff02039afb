"""What findings are made from: tables and arrays of one run, all rows in one order. Opens nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.intervals import effective
from gradcam_core.base.types import Cell, Doubles, Floats, MapSet, Picture
from gradcam_core.runs.findings import UNDEFINED, Interval

COVER_GRID = 32


@dataclass(frozen=True)
class Material:
    """One run as arrays. N rows everywhere.

    Attributes:
        table: columns of ``samples.parquet`` (N rows; sample_id, label, predicted, ... ).
        class_names: in the model's order; empty for an output without classes.
        maps: (N, h, w) raw maps per set; NaN rows where there is none.
        cover: (N, 32, 32) share of each cell that the object covers; NaN rows without a region.
        pictures: (N, s, s, 3) uint8, the network input at thumbnail size; zeros where unreadable.
        embeddings: (N, D), possibly D = 0.
        discover: (N,) True for the half that is searched; the other half confirms.
        untrained: (M, h, w) maps of ``best_set`` of the network with random weights, M = 0 if not made.
        units: (N,) the patient, subject or scene of each sample, which is then what is resampled; None
            where every sample stands alone.
    """

    table: pd.DataFrame
    class_names: tuple[str, ...]
    maps: Mapping[MapSet, Floats]
    cover: Floats
    pictures: Picture
    embeddings: Floats
    discover: NDArray[np.bool_]
    untrained: Floats = field(default_factory=lambda: np.zeros((0, 1, 1), np.float32))
    units: NDArray[np.object_] | None = None

    def __post_init__(self) -> None:
        sizes = {len(self.table), len(self.cover), len(self.pictures), len(self.discover)}
        sizes |= {len(values) for values in self.maps.values()}
        if len(sizes) > 1:
            raise ValueError(f"Material: expected one number of rows, got {sorted(sizes)}")

    def per_unit(self, values: Doubles, rows: NDArray[np.bool_]) -> Doubles:
        """(M,) float64, values of ``rows``, averaged over samples of a unit: what statistics may count."""
        chosen = rows & np.isfinite(values)
        if self.units is None:
            return np.asarray(values[chosen], dtype=np.float64)
        return np.asarray(pd.Series(values[chosen]).groupby(self.units[chosen]).mean(), dtype=np.float64)

    def counted(self, hits: NDArray[np.bool_], rows: NDArray[np.bool_]) -> tuple[float, float]:
        """How often ``hits`` (N,) among ``rows`` (N,), and of how many: what intervals of rates may count.

        As many as samples of patients or scenes are worth, where they belong to such.
        """
        n, count = int(rows.sum()), int((hits & rows).sum())
        if self.units is None or n == 0:
            return count, n
        worth = effective(hits[rows], self.units[rows])
        return count / n * worth, worth

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """(N,) sample ids."""
        return self.table["sample_id"].to_numpy(dtype=object)

    @cached_property
    def labels(self) -> NDArray[np.object_]:
        """(N,) truth where there is one, else the prediction; None where there is neither."""
        label, predicted = self.table["label"], self.table["predicted"]
        joined = label.where(label.notna(), predicted)
        return np.array([None if pd.isna(value) else str(value) for value in joined], dtype=object)

    @cached_property
    def classes(self) -> list[str]:
        """Labels that occur, sorted."""
        return sorted({str(label) for label in self.labels if label is not None})

    @cached_property
    def readable(self) -> NDArray[np.bool_]:
        """(N,) bool, samples whose picture could be read."""
        return (self.table["status"] != "unreadable").to_numpy(dtype=bool)

    @cached_property
    def covered(self) -> NDArray[np.bool_]:
        """(N,) bool, samples with a region."""
        return np.asarray(np.isfinite(self.cover).all(axis=(1, 2)), dtype=np.bool_)

    @cached_property
    def estimated(self) -> bool:
        """Most regions are estimates: what rests on them has to be clear to rise above level 1."""
        sources = self.table["region_source"][self.covered]
        return bool(len(sources)) and bool((sources == "estimated").mean() > 0.5)

    @property
    def best_set(self) -> MapSet:
        """Fine maps where there are any: they are much truer."""
        return "fine" if "fine" in self.maps else "classic"


@dataclass(frozen=True)
class Hint:
    """One thing that heat or data say, short of an edit.

    ``kind`` is ``heat`` (level 1), ``data`` (level 2: the cue is available) or ``harm`` (needed for
    level 4). ``strong`` is the practical floor; ``p`` NaN means the rule has no test of its own. ``rank``:
    the place of p among the ``family`` hints of its kind that have one.
    """

    flag: str
    kind: str
    strong: bool
    statement: str
    effect: float
    measure: str
    n: int
    interval: Interval = UNDEFINED
    p: float = np.nan
    q: float = np.nan
    rank: int = 0
    family: int = 0
    label: str | None = None
    suspicion: str = ""
    cells: tuple[Cell, ...] = ()
    grid: Cell = (0, 0)
    samples: tuple[str, ...] = ()
    smallest: float = np.nan
    uses_region: bool = False
