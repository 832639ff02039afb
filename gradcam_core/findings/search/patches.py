"""Recurrent patches: the same little picture under the hottest spot away from the object, wherever that is.

On the discovery half, crops around those spots are compared by normalised cross-correlation over shifts;
the crop with most look-alikes in its class is averaged into a template. Every picture is then searched for
it: where it occurs, and in which class, is counted on the other half. Finds roaming markers.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import signal, stats

from gradcam_core.base.suspicion import Place
from gradcam_core.base.types import Doubles
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import appearance, grids
from gradcam_core.findings.search.harm import compare
from gradcam_core.findings.search.leads import Lead, suspected

SIDE, REACH, ALIKE, FOUND, V = 10, 5, 0.75, 0.7, 0.3
FEWEST, SHARE, MOST, CHUNK = 8, 0.15, 150, 64
SAME, MOST_STILL = 0.3, 0.6  # shared part of two boxes that are at one place; share of samples there
PAD, CLEAR = 4, 0.7  # a mark may touch the edge; share of a crop that has to be off the object
FLAT = 6.0  # grey levels: a crop with less contrast matches anything


def search(material: Material, seed: int) -> Iterator[Lead]:
    """At most one lead per class."""
    if min(material.pictures.shape[1:3]) < SIDE + 2 * REACH:
        return
    points = hot_points(material)
    for label in material.classes:
        rows = np.flatnonzero(material.discover & (material.labels == label) & (points[:, 0] >= 0))[:MOST]
        template = _template(material, rows, points) if len(rows) >= statistics.SMALLEST_SIDE else None
        if template is not None:
            yield from _leads(material, label, *find(material, template))


def hot_points(material: Material) -> NDArray[np.intp]:
    """(N, 2) row, column of the hottest thumbnail pixel off the object; -1 where there is none."""
    heat, cover = grids.heat(material, material.best_set)
    points = np.full((len(heat), 2), -1, dtype=np.intp)
    off = np.where(np.isfinite(cover), cover, 0.0) < 0.25
    for row in np.flatnonzero(grids.usable(heat) & material.readable):
        part = heat[row] * off[row]
        at = np.unravel_index(int(part.argmax()), part.shape)
        if part[at] < 1.5 / part.size:
            continue
        size = material.pictures.shape[1:3]
        points[row] = [int((place + 0.5) * side / cells) for place, side, cells in
                       zip(at, size, part.shape, strict=True)]  # fmt: skip
    return points


def windows(picture: Doubles) -> tuple[Doubles, Doubles]:
    """(a, b, D) every crop of a picture, zero mean and unit norm (flat ones zero); (a, b) contrast."""
    view = np.lib.stride_tricks.sliding_window_view(picture, (SIDE, SIDE), axis=(0, 1))
    flat = np.moveaxis(view, 2, -1).reshape(*view.shape[:2], -1).astype(np.float32)
    flat = flat - flat.mean(axis=-1, keepdims=True)
    norm = np.linalg.norm(flat, axis=-1, keepdims=True)
    usable = norm > FLAT * np.sqrt(flat.shape[-1])
    unit = np.divide(flat, norm, out=np.zeros_like(flat), where=usable)
    return unit, norm[..., 0] * usable[..., 0]


def _template(material: Material, rows: NDArray[np.intp], points: NDArray[np.intp]) -> Doubles | None:
    """(D,) mean of the largest group of look-alike crops of one class; None where there is no group."""
    cut = [_around(material.pictures[row].astype(np.float64), points[row]) for row in rows]
    around = [crops for crops, _ in cut]
    centres = np.stack([_busiest(crops, contrast) for crops, contrast in cut])
    alike = np.stack(
        [(centres @ part.reshape(-1, part.shape[-1]).T).max(axis=1) for part in around], axis=1
    )
    groups = (alike >= ALIKE).sum(axis=1)
    seed = int(groups.argmax())
    if groups[seed] < max(FEWEST, SHARE * len(rows)):
        return None
    best = [
        part.reshape(-1, part.shape[-1])[(part @ centres[seed]).argmax()]
        for part, close in zip(around, alike[seed], strict=True)
        if close >= ALIKE
    ]
    mean = np.mean(best, axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float64)


def _around(picture: Doubles, point: NDArray[np.intp]) -> tuple[Doubles, Doubles]:
    """Crops whose centre lies within REACH pixels of the point, and their contrast."""
    limits = [side - SIDE - 2 * REACH for side in picture.shape[:2]]
    top, left = (
        int(np.clip(place - SIDE // 2 - REACH, 0, limit))
        for place, limit in zip(point, limits, strict=True)
    )
    span = SIDE + 2 * REACH
    return windows(picture[top : top + span, left : left + span])


def _busiest(crops: Doubles, contrast: Doubles) -> Doubles:
    """(D,) the crop with most contrast, those near the middle preferred: a mark if there is one."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in contrast.shape), indexing="ij")
    best = int((contrast * (1 - np.hypot(y, x) / 20)).argmax())
    return np.asarray(crops.reshape(-1, crops.shape[-1])[best])


def find(material: Material, template: Doubles) -> tuple[Doubles, list[Place]]:
    """(N,) float64 best correlation off the object, and N places of it in shares."""
    off = appearance.background_weight(material) > 0
    off[~material.covered] = True
    scores, places = np.full(len(off), np.nan), [(0.0, 0.0, 0.0, 0.0)] * len(off)
    around = ((0, 0), (PAD, PAD), (PAD, PAD))
    rows = np.flatnonzero(material.readable)
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        pictures = np.pad(material.pictures[part].astype(np.float64), (*around, (0, 0)), mode="edge")
        clear = _box_sums(np.pad(off[part], around, mode="edge").astype(np.float64)) > CLEAR * SIDE**2
        match = np.where(clear, matches(pictures, template), -1.0)
        best = match.reshape(len(part), -1).argmax(axis=1)
        scores[part] = match.reshape(len(part), -1)[np.arange(len(part)), best]
        for row, place in zip(part, best, strict=True):
            top, left = divmod(int(place), match.shape[2])
            places[row] = _place(top - PAD, left - PAD, off.shape[1:])
    return scores, places


def matches(pictures: Doubles, template: Doubles) -> Doubles:
    """(N, a, b) correlation of every crop of (N, h, w, 3) with a template (D,); 0 for flat crops.

    What ``windows(picture)[0] @ template`` gives, without making the crops: the template sums to zero, so a
    crop's own mean drops out of the product, and its norm follows from sums of values and of squares.
    """
    kernel = np.flip(template.reshape(SIDE, SIDE, 3), axis=(0, 1))
    product = signal.fftconvolve(pictures, kernel[None], mode="valid", axes=(1, 2)).sum(axis=-1)
    size = 3 * SIDE**2
    total = _box_sums(pictures.sum(axis=-1))
    norm = np.sqrt(np.maximum(_box_sums((pictures**2).sum(axis=-1)) - total**2 / size, 0))
    return np.divide(product, norm, out=np.zeros_like(product), where=norm > FLAT * np.sqrt(size))


def _box_sums(values: Doubles) -> Doubles:
    """(N, h, w) -> (N, a, b) sums over every crop of the template's size."""
    sums = np.pad(values.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    return np.asarray(
        sums[:, SIDE:, SIDE:] - sums[:, :-SIDE, SIDE:] - sums[:, SIDE:, :-SIDE] + sums[:, :-SIDE, :-SIDE]
    )


def _place(top: int, left: int, size: tuple[int, ...]) -> Place:
    """Box of a crop in shares, cut at the picture's edge."""
    height, width = size
    return (
        max(0, top) / height,
        max(0, left) / width,
        min(height, top + SIDE) / height,
        min(width, left + SIDE) / width,
    )


def _leads(material: Material, label: str, scores: Doubles, places: list[Place]) -> Iterator[Lead]:
    match = scores >= FOUND
    confirm = np.isfinite(scores) & ~material.discover
    own, rest = confirm & (material.labels == label), confirm & (material.labels != label)
    crossed = [[int((part & match).sum()), int((part & ~match).sum())] for part in (own, rest)]
    if min(sum(row) for row in crossed) < statistics.SMALLEST_SIDE:
        return
    v = statistics.cramers_v(crossed)
    rates = [hits / (hits + misses) for hits, misses in crossed]
    if rates[0] <= rates[1] or match.sum() < FEWEST:
        return
    boxes = {str(material.ids[row]): places[row] for row in np.flatnonzero(match)}
    flag = "fixed-marker" if still(list(boxes.values())) else "roaming-marker"
    name = f"{flag}/{label}/patch"
    text = (
        f"The same patch, hot in {label}, occurs in {100 * rates[0]:.0f} % of its pictures and in "
        f"{100 * rates[1]:.0f} % of the others (Cramér's V {v:.2f})."
    )
    hint = Hint(
        flag=flag,
        kind="data",
        strong=bool(np.isfinite(v) and v >= V),
        statement=text,
        effect=v,
        measure="bias-corrected Cramér's V of patch and label",
        n=min(sum(row) for row in crossed),
        p=_fisher(material, match, own, rest),
        label=label,
        suspicion=name,
        samples=tuple(material.ids[match]),
        smallest=V,
    )
    yield suspected(hint, boxes, "patch", v)
    agrees = np.isfinite(scores) & (match == (material.labels == label))
    for harm in compare(material, flag, agrees, np.isfinite(scores) & ~agrees, name):
        yield Lead(harm)


def _fisher(
    material: Material, match: NDArray[np.bool_], own: NDArray[np.bool_], rest: NDArray[np.bool_]
) -> float:
    """One-sided p that the patch is no commoner in ``own``; a unit counts once, by most of its samples."""
    sides = [material.per_unit(match.astype(np.float64), rows) > 0.5 for rows in (own, rest)]
    crossed = [[int(side.sum()), int((~side).sum())] for side in sides]
    return float(stats.fisher_exact(crossed, alternative="greater").pvalue)


def still(boxes: list[Place]) -> bool:
    """Whether most of the boxes touch their median: one place, not varying ones."""
    ends = np.asarray(boxes)
    centre = np.median(ends, axis=0)
    low, high = np.maximum(ends[:, :2], centre[:2]), np.minimum(ends[:, 2:], centre[2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    return bool((shared >= SAME * (centre[2:] - centre[:2]).prod()).mean() >= MOST_STILL)
