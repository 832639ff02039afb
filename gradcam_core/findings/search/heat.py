"""What the scores per sample say: attention outside the object, at the border, elsewhere when wrong.

All of it is level 1 at most: heat alone does not tell a model that uses the background from one that
ignores it. Object size drives every focus score, so groups are compared at equal object size.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.neighbors import KNeighborsRegressor

from gradcam_core.base.types import Doubles, column
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.maps.scores import SCORES, ScoreInput
from gradcam_core.tasks.multi_label.rows import ABSENT

FAR, DELTA, EMPTY_SHARE = 0.25, 0.33, 0.05
NEIGHBOURS = 15
RING = 1 - (1 - 2 * 0.08) ** 2  # area of the outer ring, 8 % of each axis
EMPTY = ("empty map", "flat map", "non-finite map")


def hints(material: Material, seed: int) -> Iterator[Hint]:
    """Every heat hint that needs the table only."""
    yield from _far_background(material, seed)
    yield from _border(material, seed)
    yield from _errors(material, seed)
    yield from _empty(material)


def within_area(values: ArrayLike, area: ArrayLike) -> Doubles:
    """(N,) float64, values minus the mean of the 15 samples whose objects are closest in size.

    Samples without a region are compared with the mean of all; an undefined value stays undefined.
    """
    found, size = np.array(values, dtype=float), np.asarray(area, dtype=float)
    known = np.isfinite(found)
    sized = known & np.isfinite(size)
    expected = np.full_like(found, found[known].mean() if known.any() else np.nan)
    if sized.sum() >= NEIGHBOURS:
        sizes = size[sized, None]
        expected[sized] = KNeighborsRegressor(NEIGHBOURS).fit(sizes, found[sized]).predict(sizes)
    return found - expected


def _column(material: Material, name: str) -> Doubles:
    """The score of the fine maps where they exist, else of the classic ones; NaN where neither."""
    wanted = column(material.best_set, name)
    if wanted not in material.table:
        return np.full(len(material.table), math.nan)
    return material.table[wanted].to_numpy(dtype=float)


def _contrast(
    material: Material, name: str, seed: int
) -> Iterator[tuple[str, NDArray[np.bool_], tuple[float, float], tuple[float, float], int]]:
    """(class, its rows, (delta, p) against the others at equal area, interval, smaller side)."""
    raw = _column(material, name)
    values = within_area(raw, material.table["object_area"])
    known = np.isfinite(values)
    for label in material.classes:
        own = (material.labels == label) & known
        rest = (material.labels != label) & known
        one, two = material.per_unit(values, own), material.per_unit(values, rest)
        test = statistics.cliffs_delta(one, two)
        interval = statistics.cliffs_interval(one, two, seed)
        yield label, own, test, interval, min(len(one), len(two))


def _far_background(material: Material, seed: int) -> Iterator[Hint]:
    name = "far_background_focus"
    raw = _column(material, name)
    for label, own, (delta, p), interval, n in _contrast(material, name, seed):
        median = float(np.median(raw[own])) if own.any() else math.nan
        yield Hint(
            flag="background",
            kind="heat",
            label=label,
            strong=bool(median >= FAR and delta >= DELTA and interval[0] > DELTA / 2),
            statement=f"Median far-background heat of {label} is {median:.2f}, more than of other classes "
            f"(Cliff's delta {delta:.2f}, 95 % interval {interval[0]:.2f} to {interval[1]:.2f}, n = {n}).",
            effect=delta,
            interval=interval,
            measure="Cliff's delta of far-background heat",
            n=n,
            p=p,
            samples=tuple(material.ids[own & (raw >= FAR)]),
            smallest=statistics.smallest_delta(int(own.sum()), int((np.isfinite(raw) & ~own).sum())),
            uses_region=True,
        )


def _border(material: Material, seed: int) -> Iterator[Hint]:
    """More heat in the outer ring than its area, than other classes and than untrained weights have."""
    name = "border_focus"
    raw = _column(material, name)
    usual = max(RING, _untrained_ring(material))
    for label, own, (delta, p), interval, n in _contrast(material, name, seed):
        median = float(np.median(raw[own])) if own.any() else math.nan
        yield Hint(
            flag="border",
            kind="heat",
            label=label,
            strong=bool(median > usual and delta >= DELTA and interval[0] > DELTA / 2),
            statement=f"The border holds {100 * median:.0f} % of the heat of {label} on "
            f"{100 * RING:.0f} % of the area, more than in others (Cliff's delta {delta:.2f}, n = {n}).",
            effect=delta,
            interval=interval,
            measure="Cliff's delta of border heat",
            n=n,
            p=p,
            samples=tuple(material.ids[own & (raw > usual)]),
            smallest=statistics.smallest_delta(int(own.sum()), int((np.isfinite(raw) & ~own).sum())),
        )


def _untrained_ring(material: Material) -> float:
    """Median share of the ring in untrained maps: zero padding lights borders up; 0 if unknown."""
    maps = material.untrained.astype(np.float32)
    if not len(maps):
        return 0.0
    ring = SCORES["border_focus"].compute(ScoreInput(maps, np.zeros_like(maps)))
    return float(np.nanmedian(ring)) if np.isfinite(ring).any() else 0.0


def _errors(material: Material, seed: int) -> Iterator[Hint]:
    raw = _column(material, "normalized_background_focus")
    values = within_area(raw, material.table["object_area"])
    correct = material.table["correct"]
    known = np.isfinite(values) & correct.notna().to_numpy()
    right = known & correct.fillna(False).to_numpy(dtype=bool)
    wrong = known & ~right
    one, two = material.per_unit(values, wrong), material.per_unit(values, right)
    delta, p = statistics.cliffs_delta(one, two)
    interval = statistics.cliffs_interval(one, two, seed)
    n = min(len(one), len(two))
    yield Hint(
        flag="errors-elsewhere",
        kind="heat",
        strong=bool(abs(delta) >= DELTA and min(abs(interval[0]), abs(interval[1])) > DELTA / 2),
        statement=f"Maps of wrong predictions lie "
        f"{'further from' if delta > 0 else 'closer to'} the object than those of right ones "
        f"(Cliff's delta {delta:.2f}; {wrong.sum()} wrong, {right.sum()} right).",
        effect=delta,
        interval=interval,
        measure="Cliff's delta of normalised background focus, wrong against right",
        n=n,
        p=p,
        samples=tuple(material.ids[wrong]),
        smallest=statistics.smallest_delta(int(wrong.sum()), int(right.sum())) if n >= 20 else math.nan,
        uses_region=True,
    )


def _empty(material: Material) -> Iterator[Hint]:
    status = material.table["status"]
    said = (material.table["predicted"] != ABSENT).to_numpy(
        dtype=bool
    )  # nothing speaks for what is not said
    seen = (status != "unreadable").to_numpy(dtype=bool) & said
    empty = seen & status.isin(EMPTY).to_numpy(dtype=bool)
    n = int(seen.sum())
    share = float(empty.sum() / n) if n else math.nan
    yield Hint(
        flag="empty-maps",
        kind="heat",
        strong=share > EMPTY_SHARE,
        statement=f"{empty.sum()} of {n} maps hold no positive evidence for the class.",
        effect=share,
        interval=statistics.wilson(*material.counted(empty, seen)),
        measure="share of maps without positive evidence",
        n=n,
        samples=tuple(material.ids[empty]),
        smallest=EMPTY_SHARE,
    )


def hint(trust: Mapping[str, Any] | None, n: int) -> Hint:
    """Level 1 where a decisive check failed; nothing is known without a report.

    Args:
        trust: as in ``trust.json``: ``trusted`` and ``checks`` with ``verdict`` and ``sentence``.
        n: samples of the run.
    """
    checks = [] if trust is None else trust["checks"]
    failed = [check for check in checks if check["verdict"] == "red"]
    decisive = trust is not None and not trust["trusted"]
    return Hint(
        flag="untrustworthy-maps",
        kind="heat",
        strong=decisive,
        statement=" ".join(str(check["sentence"]) for check in failed),
        effect=float(len(failed)),
        measure="failed trust checks",
        n=n,
    )
