"""Mean heatmap per class and error type."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.runs.summary.focus import class_column, class_of

MOST = 2000  # maps per group: a cell's mean of shares is then known to about 2 % of itself


@dataclass(frozen=True)
class MeanMap:
    """Mean over samples of each map's shares, on the grid of the map over the network input.

    ``values`` (h, w): 1 is the share that a uniform map would have in that cell; NaN where n is 0.
    ``excluded`` counts samples of the group whose map is missing or empty. ``whole`` is the size of the
    group; of more than 2,000 samples that many, spread evenly over the run, are averaged.
    """

    label: str
    correct: bool | None
    values: NDArray[np.float64]
    n: int
    excluded: int
    whole: int


def mean_maps(
    table: pd.DataFrame, maps: NDArray[np.float32], labels: Sequence[str], chunk: int = 1024
) -> tuple[MeanMap, ...]:
    """Mean maps of ``labels``, each for correct, wrong and (unlabelled) unknown where they occur.

    Args:
        table: the run's table, rows in the order of ``maps``.
        maps: (N, h, w) raw, may be memory-mapped; read ``chunk`` rows at a time.
        labels: classes in the order wanted; ``focus.UNLABELLED`` for samples without one.
    """
    names = class_of(table[class_column(table)]).cat.set_categories(list(labels))
    verdict = table["correct"].astype("boolean").astype("Int8").fillna(-1).to_numpy(dtype=int)
    seen = table["predicted"].notna().to_numpy()
    place = names.cat.codes.to_numpy(dtype=int)
    code = np.where(seen & (place >= 0), place * 3 + verdict + 1, -1)
    members = np.bincount(code[code >= 0], minlength=len(labels) * 3)
    looked = _thinned(code, members)
    chosen = np.bincount(looked[looked >= 0], minlength=len(labels) * 3)
    sums, used = _sums(maps, looked, len(labels) * 3, chunk)
    found = []
    for index, label in enumerate(labels):
        for offset, correct in ((2, True), (1, False), (0, None)):
            group = index * 3 + offset
            if members[group]:
                n = int(used[group])
                values = sums[group] / n if n else np.full(maps.shape[1:], np.nan)
                excluded, whole = int(chosen[group]) - n, int(members[group])
                found.append(MeanMap(label, correct, values, n, excluded, whole))
    return tuple(found)


def _thinned(code: NDArray[np.int_], members: NDArray[np.int_]) -> NDArray[np.int_]:
    """The codes with -1 for what a large group leaves out."""
    kept = np.full(len(code), -1)
    for group in np.flatnonzero(members):
        rows = np.flatnonzero(code == group)
        if len(rows) > MOST:
            rows = rows[np.linspace(0, len(rows) - 1, MOST).astype(int)]
        kept[rows] = group
    return kept


def _sums(
    maps: NDArray[np.float32], code: NDArray[np.int_], groups: int, chunk: int
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Per group the sum of shares (times the number of cells) and how many maps went in."""
    cells = maps.shape[1] * maps.shape[2]
    sums, used = np.zeros((groups, cells)), np.zeros(groups, dtype=int)
    rows = np.flatnonzero(code >= 0)
    for start in range(0, len(rows), chunk):
        here = rows[start : start + chunk]
        block = np.maximum(np.asarray(maps[here], dtype=np.float64).reshape(len(here), cells), 0)
        total = block.sum(axis=1)
        good = np.isfinite(total) & (total > 0)
        member = np.arange(groups)[:, None] == code[here[good]]
        sums += member @ (block[good] / total[good, None] * cells)
        used += member.sum(axis=1)
    return sums.reshape(groups, *maps.shape[1:]), used
