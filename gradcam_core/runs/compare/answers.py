"""What became of the answers: accuracy, scores, and which samples are called otherwise. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.intervals import Shift, paired_shift

Mask = NDArray[np.bool_]
Units = NDArray[np.object_] | None
KINDS = ("repaired", "broken", "other")


@dataclass(frozen=True)
class Both:
    """The matched samples of two runs, row beside row.

    Attributes:
        before, after: tables of M rows, numbered anew.
        same_label: (M,) False where the label changed.
        units: (M,) the patient, scene or picture of each; None where every sample stands alone.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    same_label: Mask
    units: Units


@dataclass(frozen=True)
class Change:
    """One number of both runs on the same samples.

    Attributes:
        name: a class, a slice, or a column of the table.
        before, after: means of the ``n`` samples; of accuracies shares 0..1.
        change: after minus before, with its paired 95 % interval.
    """

    name: str
    before: float
    after: float
    change: Shift

    @property
    def n(self) -> int:
        """Samples that both means are of."""
        return self.change.n


def accuracies(both: Both, slices: Mapping[str, Mask]) -> list[Change]:
    """Accuracy of each slice, (M,) masks; samples without a label, or with another one, count for none."""
    return [change for name, rows in slices.items() if (change := _accuracy(both, name, rows)).n]


def classes(both: Both) -> dict[str, Mask]:
    """Class -> (M,) samples that are truly of it."""
    labels = both.before["label"].astype(object)
    return {str(name): (labels == name).to_numpy(dtype=bool) for name in sorted(labels.dropna().unique())}


def _accuracy(both: Both, name: str, rows: Mask) -> Change:
    right = [_right(table) for table in (both.before, both.after)]
    known = rows & both.same_label & np.isfinite(right[0]) & np.isfinite(right[1])
    return _change(name, right[0], right[1], known, both.units, reach=1.0)


def _right(table: pd.DataFrame) -> NDArray[np.float64]:
    right = table["correct"].astype("boolean").astype("Float64")
    return np.asarray(right.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def shifts(both: Both, names: list[str]) -> list[Change]:
    """Mean of each score, a column of both tables, where both runs have a value."""
    found = []
    for name in names:
        one, other = (table[name].to_numpy(dtype=np.float64) for table in (both.before, both.after))
        change = _change(name, one, other, np.isfinite(one) & np.isfinite(other), both.units)
        found += [change] if change.n else []
    return found


def _change(
    name: str,
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    known: Mask,
    units: Units,
    reach: float = 0.0,
) -> Change:
    one, other = before[known], after[known]
    own = None if units is None else units[known]
    means = [float(part.mean()) if len(part) else np.nan for part in (one, other)]
    return Change(name, means[0], means[1], paired_shift(other - one, own, reach))


def changed(both: Both, tolerance: float | None = None) -> pd.DataFrame:
    """The samples whose answer is another one: sample_id, sample_id_after, label, before, after, kind.

    Args:
        both: the matched samples.
        tolerance: of answers that are numbers: what moved by more is another answer.

    Returns:
        ``kind`` is "repaired" (wrong, now right), "broken" (right, now wrong) or "other"; in this order.
    """
    one, other = both.before, both.after
    moved = _moved(one, other, tolerance)
    was, now = (table["correct"].astype("boolean") for table in (one, other))
    fair = pd.Series(both.same_label)
    repaired, broken = (fair & ~was & now).fillna(False), (fair & was & ~now).fillna(False)
    kind = np.select([repaired.to_numpy(bool), broken.to_numpy(bool)], KINDS[:2], KINDS[2])
    found = pd.DataFrame(
        {
            "sample_id": one["sample_id"].astype(str),
            "sample_id_after": other["sample_id"].astype(str),
            "label": one["label"].astype(object),
            "before": one["predicted"].astype(object),
            "after": other["predicted"].astype(object),
            "kind": pd.Categorical(kind, KINDS, ordered=True),
        }
    )[moved]
    return found.sort_values("kind", kind="stable").reset_index(drop=True)


def _moved(one: pd.DataFrame, other: pd.DataFrame, tolerance: float | None) -> Mask:
    if tolerance is not None:
        size = (other["output"] - one["output"]).abs().to_numpy(dtype=np.float64)
        return np.asarray(size > tolerance, dtype=bool)
    said = [table["predicted"].astype(object) for table in (one, other)]
    both = (said[0].notna() & said[1].notna()).to_numpy(dtype=bool)
    return both & (said[0] != said[1]).to_numpy(dtype=bool)
