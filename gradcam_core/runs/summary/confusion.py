"""The confusion matrix, with the rest of many classes summed up in one row and column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

OTHERS = "all other classes"


@dataclass(frozen=True)
class Confusion:
    """Counts (R, C): rows are the truth, columns the prediction.

    Attributes:
        rows, columns: class names; the last may be :data:`OTHERS`.
        counts: (R, C) int.
        n: samples counted.
        left_out: samples without a label or without a prediction.
        folded: how many classes :data:`OTHERS` stands for, 0 where it does not occur.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]
    n: int
    left_out: int
    folded: int


def confusion(table: pd.DataFrame, class_names: Sequence[str], most: int = 12) -> Confusion:
    """Count truth against prediction.

    Args:
        table: the run's table.
        class_names: order of the classes; names that only the table knows follow.
        most: classes shown; of more than that the ones that are confused most often, then the most samples.
    """
    known = (table["label"].notna() & table["predicted"].notna()).to_numpy()
    truth, guess = table["label"][known].astype("category"), table["predicted"][known].astype("category")
    extra = sorted(({*truth.unique(), *guess.unique()}) - set(class_names))
    names = [*class_names, *extra]
    full = _counts(truth, guess, names)
    shown = _shown(full, names, most)
    folded = len(names) - len(shown)
    labels = tuple(name for name in names if name in shown) + ((OTHERS,) if folded else ())
    place = np.array([labels.index(name if name in shown else OTHERS) for name in names], dtype=int)
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    np.add.at(counts, (place[:, None], place[None, :]), full)
    n = int(known.sum())
    return Confusion(labels, labels, counts, n, len(table) - n, folded)


def _counts(truth: pd.Series, guess: pd.Series, names: Sequence[str]) -> NDArray[np.int64]:
    """(K, K) counts over all names, by category and not by row."""
    k = len(names)
    rows = truth.cat.set_categories(names).cat.codes.to_numpy(dtype=np.int64)
    columns = guess.cat.set_categories(names).cat.codes.to_numpy(dtype=np.int64)
    return np.bincount(rows * k + columns, minlength=k * k).reshape(k, k)


def _shown(full: NDArray[np.int64], names: Sequence[str], most: int) -> set[str]:
    if len(names) <= most:
        return set(names)
    wrong = np.where(np.eye(len(names), dtype=bool), 0, full)
    pairs = [(-int(wrong[r, c]), names[r], names[c]) for r, c in zip(*np.nonzero(wrong), strict=True)]
    found: dict[str, None] = {}
    for _, row, column in sorted(pairs):
        if len({*found, row, column}) < most:
            found |= {row: None, column: None}
    samples = dict(zip(names, full.sum(axis=1), strict=True))
    rest = sorted(names, key=lambda name: (-samples[name], name))
    return set(list(dict.fromkeys([*found, *rest]))[: most - 1])
