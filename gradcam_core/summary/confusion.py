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
    known = table[table["label"].notna() & table["predicted"].notna()]
    truth, guess = known["label"].astype(str), known["predicted"].astype(str)
    extra = sorted((set(truth) | set(guess)) - set(class_names))
    names = [*class_names, *extra]
    shown = _shown(truth, guess, names, most)
    folded = len(names) - len(shown)
    labels = tuple(name for name in names if name in shown) + ((OTHERS,) if folded else ())
    counts = pd.crosstab(truth.where(truth.isin(shown), OTHERS), guess.where(guess.isin(shown), OTHERS))
    full = counts.reindex(index=labels, columns=labels, fill_value=0).to_numpy(dtype=np.int64)
    return Confusion(labels, labels, full, len(known), len(table) - len(known), folded)


def _shown(truth: pd.Series, guess: pd.Series, names: Sequence[str], most: int) -> set[str]:
    if len(names) <= most:
        return set(names)
    pairs = pd.Series(zip(truth, guess, strict=True))[(truth != guess).to_numpy()].value_counts()
    found: dict[str, None] = {}
    for row, column in sorted(pairs.index, key=lambda pair: (-pairs[pair], pair)):
        if len({*found, row, column}) < most:
            found |= {row: None, column: None}
    samples = truth.value_counts()
    rest = sorted(names, key=lambda name: (-samples.get(name, 0), name))
    return set(list(dict.fromkeys([*found, *rest]))[: most - 1])
