"""Which row of one run is the same sample as which row of another: by what the picture is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.runs.queries import Rows

FALSE_ALARM = "false alarm"


@dataclass(frozen=True)
class Matched:
    """Rows of two runs that are the same samples, and what could not be matched.

    Attributes:
        before, after: (M,) rows of the two tables, one pair beside the other.
        ids: sample id in the run after -> sample id in the run before.
        only_before, only_after: samples that the other run does not hold.
        gone: samples of either run whose picture cannot be read any more.
        relabelled: pairs whose label is not the same in both; they count for no accuracy.
    """

    before: Rows
    after: Rows
    ids: Mapping[str, str]
    only_before: int
    only_after: int
    gone: int
    relabelled: int

    @property
    def said(self) -> str:
        """'200 samples in both; 3 only before; …', without what is nothing."""
        parts = (
            (self.only_before, "only before"),
            (self.only_after, "only after"),
            (self.gone, "whose picture is gone"),
            (self.relabelled, "with another label, left out of accuracies"),
        )
        return "; ".join([f"{len(self.before):,} samples in both", *(f"{n:,} {t}" for n, t in parts if n)])


def match(
    before: pd.DataFrame, after: pd.DataFrame, hashes: tuple[Sequence[str], Sequence[str]]
) -> Matched:
    """Pair the rows of two runs' tables by content.

    Of a picture that a run holds several times the copies are paired in the order of label and path. Where
    rows are objects of a picture the annotated boxes that they stand for have to be the same; false alarms
    stand for none and have no partner.

    Args:
        before, after: tables of runs.
        hashes: of each, the content of every row's picture, "" where it is gone.
    """
    one, other = _keyed(before, hashes[0]), _keyed(after, hashes[1])
    found = one.merge(other, on=["key", "copy"], suffixes=("_before", "_after")).sort_values("row_before")
    rows = tuple(found[name].to_numpy(dtype=np.intp) for name in ("row_before", "row_after"))
    names = [table["sample_id"].astype(str).to_numpy() for table in (before, after)]
    gone = sum(not name for part in hashes for name in part)
    return Matched(
        before=rows[0],
        after=rows[1],
        ids=dict(zip(names[1][rows[1]], names[0][rows[0]], strict=True)),
        only_before=len(before) - len(found) - sum(not name for name in hashes[0]),
        only_after=len(after) - len(found) - sum(not name for name in hashes[1]),
        gone=gone,
        relabelled=int(relabelled(before, after, rows[0], rows[1]).sum()),
    )


def relabelled(before: pd.DataFrame, after: pd.DataFrame, one: Rows, other: Rows) -> NDArray[np.bool_]:
    """(M,) which of the pairs have another label in the second table than in the first."""
    labels = [table["label"].astype(object).fillna("").to_numpy() for table in (before, after)]
    return np.asarray(labels[0][one] != labels[1][other], dtype=bool)


def _keyed(table: pd.DataFrame, hashes: Sequence[str]) -> pd.DataFrame:
    """row, key and number of the copy of every row that can have a partner."""
    keys = pd.Series(list(hashes), dtype=object)
    known = keys != ""
    if "boxes" in table:
        keys = keys + "/" + table["boxes"].fillna("").astype(str).reset_index(drop=True)
        known &= (table["detection"].astype(object) != FALSE_ALARM).to_numpy()
    rows = pd.DataFrame(
        {
            "row": np.arange(len(table)),
            "key": keys,
            "label": table["label"].astype(object).fillna("").to_numpy(),
            "path": table["path"].astype(str).to_numpy(),
        }
    )[known.to_numpy()].sort_values(["label", "path"], kind="stable")
    return rows.assign(copy=rows.groupby("key").cumcount())[["row", "key", "copy"]]
