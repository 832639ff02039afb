"""Hot spots: the same cells hot in many pictures of a class, where objects at varied places would not be.

A class's presence map is the share of its pictures in which a cell (with its neighbours) holds over
10 % of the heat. Nulls: every map flipped at random, left-right and up-down, which keeps each map's shape
and destroys shared position; and labels shuffled, with the largest contrast over all cells. Searched on the
discovery half, counted on the other. Finds fixed markers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gradcam_core.base.types import Doubles, MapSet, Mask
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import grids
from gradcam_core.findings.search.leads import Lead, box_of, suspected

PRESENT, OFTEN, PEAK, ON_OBJECT = 0.10, 0.30, 3.0, 0.25
MORE, CENTRAL, FLIPS, WIDEST = 0.2, 0.2, 99, 0.3


@dataclass(frozen=True)
class Spot:
    """Connected hot cells (h, w) of one class, with the larger probability of the two nulls."""

    label: str
    cells: Mask
    p: float


def search(material: Material, seed: int) -> Iterator[Lead]:
    """Leads of every class, from the classic and from the fine maps."""
    for map_set in material.maps:
        heat, cover = grids.heat(material, map_set)
        for spot in spots(material, heat, cover, seed):
            yield _lead(material, heat, spot, map_set)


def spots(material: Material, heat: Doubles, cover: Doubles, seed: int) -> Iterator[Spot]:
    """Hot spots of the discovery half, off the objects, hotter in this class than in the others."""
    known = grids.usable(heat) & material.discover
    near = present(heat)
    for label in material.classes:
        own, rest = known & (material.labels == label), known & (material.labels != label)
        if own.sum() < statistics.SMALLEST_SIDE:
            continue
        often = near[own].mean(axis=0)
        others = near[rest].mean(axis=0) if rest.sum() >= statistics.SMALLEST_SIDE else 0.0
        mean = heat[own].mean(axis=0)
        hot = (often >= OFTEN) & (often - others >= MORE) & (mean > _threshold(mean))
        hot &= allowed(material, cover, own)
        if not hot.any():
            continue
        units, more = _units(material, known), float(((often - others) * hot).max())
        p = max(
            _flip_p(near[own], float((often * hot).max()), seed),
            _label_p(near[known], own[known], units, more, seed),
        )
        for cells in _parts(hot):
            yield Spot(label, cells, p)


def present(heat: Doubles) -> Mask:
    """(N, h, w) bool, cells with over 10 % of the picture's heat; on fine grids with their neighbours."""
    cross = np.array([[[0, 1, 0], [1, 1, 1], [0, 1, 0]]])
    fine = max(heat.shape[1:]) > 8
    around = ndimage.convolve(np.nan_to_num(heat), cross, mode="constant") if fine else heat
    return np.asarray(around > PRESENT, dtype=bool)


def _threshold(mean: Doubles) -> float:
    """Three times the median cell; on grids whose median is high, at least 1.5 times the uniform share."""
    return max(PEAK * float(np.median(mean)), 1.5 / mean.size)


def allowed(material: Material, cover: Doubles, rows: Mask) -> Mask:
    """(h, w) bool, cells that are usually off the object; off the central fifth without a region."""
    known = rows & grids.usable(cover)
    if known.sum() >= statistics.SMALLEST_SIDE:
        return np.asarray(cover[known].mean(axis=0) < ON_OBJECT, dtype=bool)
    y, x = (np.abs((np.arange(cells) + 0.5) / cells - 0.5) for cells in cover.shape[1:])
    return np.asarray((y[:, None] > CENTRAL) | (x[None, :] > CENTRAL), dtype=bool)


def _flip_p(near: Mask, observed: float, seed: int) -> float:
    """How often randomly flipped maps have some cell as often hot as the hottest spot."""
    generator = np.random.default_rng(seed)
    turned = np.stack([near, near[:, ::-1], near[:, :, ::-1], near[:, ::-1, ::-1]])
    rows = np.arange(len(near))
    maxima = [turned[generator.integers(4, size=len(near)), rows].mean(axis=0).max() for _ in range(FLIPS)]
    return float((1 + np.sum(np.asarray(maxima) >= observed)) / (FLIPS + 1))


def _units(material: Material, rows: Mask) -> NDArray[np.object_] | None:
    return None if material.units is None else material.units[rows]


def _label_p(near: Mask, own: Mask, units: NDArray[np.object_] | None, observed: float, seed: int) -> float:
    """How often shuffled labels give some cell as large a contrast (maximum over cells: one family)."""
    if own.all():
        return 0.0
    generator = np.random.default_rng(seed)
    flat = near.reshape(len(near), -1).astype(np.float64)
    orders = np.stack([statistics.shuffled(own, units, generator) for _ in range(FLIPS)]).astype(np.float64)
    sizes = np.maximum(orders.sum(axis=1, keepdims=True), 1)
    means = orders @ flat / sizes - (1 - orders) @ flat / np.maximum(len(own) - sizes, 1)
    return float((1 + np.sum(means.max(axis=1) >= observed)) / (FLIPS + 1))


def _parts(hot: Mask) -> Iterator[Mask]:
    marked, count = ndimage.label(hot, structure=np.ones((3, 3)))
    for part in range(1, count + 1):
        cells = np.asarray(marked == part, dtype=bool)
        if cells.mean() <= WIDEST:
            yield cells


def _lead(material: Material, heat: Doubles, spot: Spot, map_set: MapSet) -> Lead:
    """The spot counted on the other half, and the suspicion for the edits."""
    near = np.asarray((present(heat) & spot.cells).any(axis=(1, 2)), dtype=np.bool_)
    own = material.labels == spot.label
    known = grids.usable(heat) & ~material.discover
    sizes = int((known & own).sum()), int((known & ~own).sum())
    hits = int((near & known & own).sum()), int((near & known & ~own).sum())
    first, second = (material.counted(near, known & side) for side in (own, ~own))
    rates = [hit / size if size else 0.0 for hit, size in zip(hits, sizes, strict=True)]
    rows, columns = np.nonzero(spot.cells)
    name = f"fixed-marker/{spot.label}/{map_set}-{rows[0]}-{columns[0]}"
    shows = own & near
    cells = tuple((int(r), int(c)) for r, c in zip(rows, columns, strict=True))
    text = (
        f"In {100 * rates[0]:.0f} % of the {sizes[0]} pictures of {spot.label} the same spot away from the "
        f"object is hot, in {100 * rates[1]:.0f} % of the {sizes[1]} others."
    )
    hint = Hint(
        flag="fixed-marker",
        kind="heat",
        strong=spot.p <= 0.05 and rates[0] >= OFTEN and rates[0] - rates[1] >= MORE / 2,
        statement=text,
        effect=rates[0] - rates[1],
        interval=statistics.newcombe((first[0], second[0]), (first[1], second[1])),
        measure="share of pictures with a hot spot, this class minus the others",
        n=sizes[0],
        p=spot.p,
        label=spot.label,
        suspicion=name,
        cells=cells,
        grid=(int(heat.shape[1]), int(heat.shape[2])),
        samples=tuple(material.ids[shows]),
    )
    box = box_of(spot.cells)
    boxes = {str(sample): box for sample in hint.samples}
    return suspected(hint, boxes, map_set, rates[0])
