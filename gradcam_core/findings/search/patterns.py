"""The data-side twin of a hot spot: fine structure that repeats at the same pixels of one class.

What repeats survives averaging, what varies does not. The mean fine structure of a class minus that of the
others, made on the discovery half, is a template; how well it tells the classes apart is measured on the
other half. One small blob is a fixed marker, structure along the edge a ruler or frame, structure all over
a watermark. Objects are left out. Says that a cue is available, never that the model uses it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.cluster import KMeans

from gradcam_core.base.suspicion import Place
from gradcam_core.base.types import Doubles, Mask
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import appearance
from gradcam_core.findings.search.harm import compare
from gradcam_core.findings.search.leads import Lead, box_of, suspected
from gradcam_core.findings.search.shapes import apart, dominant, kind, largest

COARSE, CLEAR, DELTA, V = 0.05, 5.0, 0.33, 0.3
RIM = 1
ALONE, ALONE_MORE = 0.75, 0.25  # share of a sample's match in one quarter, and how much more than usual
WORDS = {
    "fixed-marker": "A small structure at one place",
    "border": "Structure along the edge of the picture",
    "watermark": "Faint structure spread over the picture",
    "roaming-marker": "A small structure at one of several places",
}


@dataclass(frozen=True)
class Pattern:
    """What repeats in the pictures of one class.

    Attributes:
        strong: (h, w) pixels where the class mean stands out.
        scores: (N,) match per sample.
        quarters: (Q, h, w) the strong pixels by quarter of the picture.
        quarter: (N,) in which of them a sample shows most of it.
        roams: a sample shows one quarter's part alone: the mean is made of marks at varying places.
    """

    label: str
    flag: str
    strong: Mask
    scores: Doubles
    quarters: Mask
    quarter: NDArray[np.intp]
    roams: bool


def search(material: Material, seed: int) -> Iterator[Lead]:
    """Leads of every class whose template tells it apart on the confirmation half."""
    fine, weight = fine_structure(material)
    for label in material.classes:
        for pattern in _patterns(material, fine, weight, label):
            yield from _leads(material, pattern, seed)


def fine_structure(material: Material) -> tuple[Doubles, Doubles]:
    """(N, h, w, 3) pictures without their coarse part, zero on objects; (N, h, w) where they count."""
    height, width = material.pictures.shape[1:3]
    pixels = material.pictures.astype(np.float64)
    sigma = max(1.0, COARSE * width)
    fine = pixels - ndimage.gaussian_filter(pixels, (0, sigma, sigma, 0), mode="nearest")
    weight = np.ones((len(pixels), height, width))
    if material.covered.any():
        weight[material.covered] = appearance.background_weight(material)[material.covered]
    return fine * weight[..., None], weight


def _patterns(material: Material, fine: Doubles, weight: Doubles, label: str) -> Sequence[Pattern]:
    """What repeats in one class: one pattern, or several of different kinds beside each other."""
    seen = material.readable & material.discover
    own, rest = seen & (material.labels == label), seen & (material.labels != label)
    if min(own.sum(), rest.sum()) < statistics.SMALLEST_SIDE:
        return ()
    mean, spread = _moments(fine[own], weight[own])
    other, other_spread = _moments(fine[rest], weight[rest])
    template = mean - other
    clear = (np.abs(template) / np.sqrt(spread + other_spread + 1e-6)).max(axis=-1)
    strong = np.asarray(clear >= CLEAR, dtype=bool)
    carries = np.abs(mean)[strong].sum() > np.abs(other)[strong].sum()
    if not carries:
        return ()
    energy = (np.square(template) - spread - other_spread).sum(axis=-1)
    energy[~(_enough(weight[own]) & _enough(weight[rest]))] = np.nan
    strength = np.square(template).sum(axis=-1)

    def of(part: Mask) -> Pattern | None:
        flag = kind(part, np.where(strong & ~part, np.nan, energy))
        carried = template * part[..., None]
        return None if flag is None else _described(material, fine, weight, carried, part, flag, label)

    whole = of(dominant(strong, strength))
    if whole is None or whole.roams:
        return (whole,) if whole else ()
    several = [found for part in apart(strong, strength) if (found := of(part))]
    flags = {found.flag for found in several}
    return several if 1 < len(several) == len(flags) else (whole,)


def _described(
    material: Material,
    fine: Doubles,
    weight: Doubles,
    template: Doubles,
    strong: Mask,
    flag: str,
    label: str,
) -> Pattern:
    """How well each sample matches the template (h, w, 3), zero off the strong pixels."""
    seen = material.readable & material.discover
    own = seen & (material.labels == label)
    scores = np.einsum("nhwc,hwc->n", fine, template) / np.linalg.norm(template)
    scores = scores / np.sqrt(np.maximum((weight * strong).sum(axis=(1, 2)), 1))
    parts = quarters(strong)
    shares, quarter = _by_quarter(fine, template, parts)
    carriers = own & (scores > np.median(scores[seen]))
    return Pattern(
        label=label,
        flag=flag,
        strong=strong,
        scores=np.where(material.readable, scores, np.nan),
        quarters=parts,
        quarter=quarter,
        roams=roams(shares[carriers], (np.square(template).sum(axis=-1) * parts).sum(axis=(1, 2))),
    )


def quarters(strong: Mask) -> Mask:
    """(Q, h, w) bool, the strong pixels of each quarter of the picture that has four of them or more."""
    height, width = strong.shape
    down, right = np.arange(height) < height / 2, np.arange(width) < width / 2
    parts = [strong & a[:, None] & b[None, :] for a in (down, ~down) for b in (right, ~right)]
    return np.stack([part for part in parts if part.sum() >= 4] or [strong])


def _by_quarter(fine: Doubles, template: Doubles, parts: Mask) -> tuple[Doubles, NDArray[np.intp]]:
    """(N, Q) how much of each quarter's part a sample shows, and the quarter (N,) with most."""
    found = np.stack([np.einsum("nhwc,hwc->n", fine, template * part[..., None]) for part in parts], axis=1)
    found = np.maximum(found, 0)
    return found, np.asarray(found.argmax(axis=1), dtype=np.intp)


def roams(found: Doubles, usual: Doubles) -> bool:
    """Whether samples show one quarter's part each, although the mean is spread over several.

    Args:
        found: (M, Q) how much of each part a carrier shows.
        usual: (Q,) how much of the mean lies in each part.
    """
    total = found.sum(axis=1)
    if len(usual) < 2 or not (total > 0).any():
        return False
    top = float(np.median((found.max(axis=1) / np.maximum(total, 1e-9))[total > 0]))
    return top >= ALONE and top - float(usual.max() / usual.sum()) >= ALONE_MORE


def _moments(fine: Doubles, weight: Doubles) -> tuple[Doubles, Doubles]:
    """Mean over pictures and its squared standard error, per pixel and channel."""
    count = np.maximum(weight.sum(axis=0), 1)[..., None]
    mean = fine.sum(axis=0) / count
    variance = np.maximum((fine**2).sum(axis=0) / count - mean**2, 0)
    return mean * _enough(weight)[..., None], variance / count


def _enough(weight: Doubles) -> Mask:
    """(h, w) bool, pixels that count in enough pictures for a mean."""
    return np.asarray(weight.sum(axis=0) >= statistics.SMALLEST_SIDE / 2, dtype=bool)


def shows(scores: Doubles, seed: int) -> Mask:
    """(N,) bool, the samples that match: the upper of two groups of scores."""
    known = np.isfinite(scores)
    found = np.zeros(len(scores), dtype=bool)
    groups = KMeans(2, n_init=3, random_state=seed).fit(scores[known, None])
    found[known] = groups.labels_ == int(groups.cluster_centers_[:, 0].argmax())
    return found


def _leads(material: Material, pattern: Pattern, seed: int) -> Iterator[Lead]:
    confirm = material.readable & ~material.discover
    own, rest = confirm & (material.labels == pattern.label), confirm & (material.labels != pattern.label)
    delta, p = statistics.cliffs_delta(
        material.per_unit(pattern.scores, own), material.per_unit(pattern.scores, rest)
    )
    if not delta >= DELTA:
        return
    match = shows(pattern.scores, seed)
    crossed = [[int((part & match).sum()), int((part & ~match).sum())] for part in (own, rest)]
    v = statistics.cramers_v(crossed)
    flag = "roaming-marker" if pattern.roams else pattern.flag
    name = f"{flag}/{pattern.label}/data"
    rates = [hits / (hits + misses) for hits, misses in crossed]
    text = (
        f"{WORDS[flag]} occurs in {100 * rates[0]:.0f} % of the pictures of {pattern.label} and in "
        f"{100 * rates[1]:.0f} % of the others (Cramér's V {v:.2f}, n = {int(confirm.sum())})."
    )
    cells = tuple((int(r), int(c)) for r, c in zip(*np.nonzero(pattern.strong), strict=True))
    hint = Hint(
        flag=flag,
        kind="data",
        strong=v >= V,
        statement=text,
        effect=v,
        measure="bias-corrected Cramér's V of structure and label",
        n=int(min(own.sum(), rest.sum())),
        p=p,
        label=pattern.label,
        suspicion=name,
        cells=() if pattern.roams else cells,
        grid=(0, 0) if pattern.roams else (int(pattern.strong.shape[0]), int(pattern.strong.shape[1])),
        samples=tuple(material.ids[match]),
        smallest=V,
    )
    boxes = _boxes(material, pattern, match)
    yield suspected(hint, boxes, "data", v)
    agrees = material.readable & (match == (material.labels == pattern.label))
    for harm in compare(material, flag, agrees, material.readable & ~agrees, name):
        yield Lead(harm)


def _boxes(material: Material, pattern: Pattern, match: Mask) -> dict[str, Place]:
    """The box of a marker (its largest part), of everything, or of the quarter that shows most of it."""
    rim = RIM / min(pattern.strong.shape)
    part = largest(pattern.strong) if pattern.flag == "fixed-marker" else pattern.strong
    where = [_place(part, rim)] * len(pattern.quarters)
    if pattern.roams:
        where = [_place(one, rim) for one in pattern.quarters]
    return {str(material.ids[row]): where[pattern.quarter[row]] for row in np.flatnonzero(match)}


def _place(part: Mask, rim: float) -> Place:
    """A box with a rim of one thumbnail pixel."""
    top, left, bottom, right = box_of(part)
    return max(0.0, top - rim), max(0.0, left - rim), min(1.0, bottom + rim), min(1.0, right + rim)
