"""Mean heatmap per class and error type."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.summary.focus import UNLABELLED, class_column


@dataclass(frozen=True)
class MeanMap:
    """Mean over samples of each map's shares, on the grid of the map over the network input.

    ``values`` (h, w): 1 is the share that a uniform map would have in that cell; NaN where n is 0.
    ``excluded`` counts samples of the group whose map is missing or empty.
    """

    label: str
    correct: bool | None
    values: NDArray[np.float64]
    n: int
    excluded: int


def mean_maps(
    table: pd.DataFrame, maps: NDArray[np.float32], labels: Sequence[str], chunk: int = 1024
) -> tuple[MeanMap, ...]:
    """Mean maps of ``labels``, each for correct, wrong and (unlabelled) unknown where they occur.

    Args:
        table: the run's table, rows in the order of ``maps``.
        maps: (N, h, w) raw, may be memory-mapped; read ``chunk`` rows at a time.
        labels: classes in the order wanted; :data:`UNLABELLED` for samples without one.
    """
    names = table[class_column(table)].astype(object).fillna(UNLABELLED).astype(str)
    verdict = table["correct"].map({True: 1, False: 0}).astype(float).fillna(-1).to_numpy(dtype=int)
    seen = table["predicted"].notna().to_numpy()
    place = names.map({label: index for index, label in enumerate(labels)}).fillna(-1).to_numpy(dtype=int)
    code = np.where(seen & (place >= 0), place * 3 + verdict + 1, -1)
    sums, used = _sums(maps, code, len(labels) * 3, chunk)
    found = []
    for index, label in enumerate(labels):
        for offset, correct in ((2, True), (1, False), (0, None)):
            group = index * 3 + offset
            members = int((code == group).sum())
            if members:
                n = int(used[group])
                values = sums[group] / n if n else np.full(maps.shape[1:], np.nan)
                found.append(MeanMap(label, correct, values, n, members - n))
    return tuple(found)


def _sums(
    maps: NDArray[np.float32], code: NDArray[np.int_], groups: int, chunk: int
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Per group the sum of shares (times the number of cells) and how many maps went in."""
    sums, used = np.zeros((groups, *maps.shape[1:])), np.zeros(groups, dtype=int)
    for start in range(0, len(maps), chunk):
        block = np.maximum(np.asarray(maps[start : start + chunk], dtype=np.float64), 0)
        where = code[start : start + chunk]
        total = block.sum(axis=(1, 2))
        good = (where >= 0) & np.isfinite(total) & (total > 0)
        shares = block[good] / total[good, None, None] * maps.shape[1] * maps.shape[2]
        np.add.at(sums, where[good], shares)
        np.add.at(used, where[good], 1)
    return sums, used
