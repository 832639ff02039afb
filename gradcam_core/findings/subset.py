"""Which samples of a run are searched and edited, and which of them belong to one patient or scene."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.hashing import stable_hash
from gradcam_core.base.types import Floats
from gradcam_core.base.units import units_of
from gradcam_core.runs.store import Run

MOST = 4000  # samples that are searched: 600 MB of pictures and 400 MB of regions at 224×224


@dataclass(frozen=True)
class Subset:
    """The samples of a run that are searched and edited: all of them, or as many as fit.

    Attributes:
        run: the run.
        rows: (n,) rows of its table, ascending.
        units: (n,) patient, subject or scene of each; None where every sample stands alone.
        unit_column: where ``units`` come from, or "".
    """

    run: Run
    rows: NDArray[np.intp]
    units: NDArray[np.object_] | None
    unit_column: str

    @cached_property
    def table(self) -> pd.DataFrame:
        """Its rows of the run's table, n of them, numbered anew."""
        return self.run.table.iloc[self.rows].reset_index(drop=True)

    def array(self, name: str) -> Floats:
        """(n, ...) float32, the rows of an array of the run."""
        return np.asarray(self.run.array(name)[self.rows], dtype=np.float32)

    def spread(self, values: pd.Series) -> pd.Series:
        """(N,) one value per sample of the run, undefined where it is not in this subset."""
        placed = pd.Series(np.asarray(values), index=self.rows)
        return placed.reindex(range(len(self.run.table)))

    @property
    def facts(self) -> dict[str, Any]:
        """For ``findings.json``: how many were searched, and what is resampled."""
        counts = {"searched": len(self.rows), "samples": len(self.run.table)}
        return {**counts, "resampled_by": self.unit_column or "sample"}


def searched_subset(run: Run, most: int = MOST) -> Subset:
    """The samples to search: all, or ``most`` of them, labels in equal numbers.

    Within a label predictions are in proportion and the order is a hash of the sample id, so that the same
    run gives the same samples.
    """
    table = run.table
    rows = np.arange(len(table))
    if len(rows) > most:
        ids = table["sample_id"].astype(str)
        order = pd.Series([stable_hash("searched", name) for name in ids])
        label, predicted = table["label"].fillna(""), table["predicted"].fillna("")
        label = label.where(label != "", predicted).reset_index(drop=True)
        strata = [label, predicted.reset_index(drop=True)]
        turn = order.groupby(strata).rank(method="first") - 0.5
        size, whole = order.groupby(strata).transform("size"), order.groupby(label).transform("size")
        rows = np.sort(np.lexsort((order, turn * whole / size))[:most])
    units, column = units_of(table.iloc[rows])
    return Subset(run, rows.astype(np.intp), units, column)
