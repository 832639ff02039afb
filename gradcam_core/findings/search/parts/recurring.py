"""Parts of the object: what is hot inside the objects of one class and hardly occurs in the others.

The hot pixels inside the objects of a class are clustered on the discovery half, by colour and by colour
with texture; the cluster whose presence tells most of the label is looked for in every object, wherever in
it, and counted on the other half. A collar, a tattoo, glasses. It says where to look, not that the part is
none of the class: that is a person's verdict.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.cluster import KMeans

from gradcam_core.base.types import Doubles, Floats, Mask
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search.leads import Lead, suspected
from gradcam_core.findings.search.parts.boxes import placed
from gradcam_core.findings.search.parts.pixels import COLOUR, Objects, objects_of

CLUSTERS, MOST, ROUNDS, RADIUS = 12, 2000, 30, 0.8
TELLS, LEAST, LARGEST = 0.3, 0.01, 0.4  # share of an object: less is a speck, more is no part of it
V = 0.3  # of part and label, as for patches
LOOKS = (COLOUR, slice(None))  # texture at an edge depends on what lies beside: colour alone, too


@dataclass(frozen=True)
class Part:
    """A look inside objects: the P pixels that have it, and from which share of an object it is there.

    ``gain``: by how much more often it is there in its class than in the others, discovery half.
    """

    pixels: NDArray[np.bool_]
    least: float
    gain: float


def search(material: Material, seed: int) -> Iterator[Lead]:
    """At most one lead per class."""
    objects = objects_of(material)
    if objects is None:
        return
    for label in material.classes:
        own, rest = (objects.known & side for side in (material.labels == label, material.labels != label))
        if min(int((side & material.discover).sum()) for side in (own, rest)) < statistics.SMALLEST_SIDE:
            continue
        part = tell_tale(objects, own & material.discover, rest & material.discover, seed)
        lead = part and lead_of(material, objects, label, part)
        if lead:
            yield lead


def tell_tale(objects: Objects, own: Mask, rest: Mask, seed: int) -> Part | None:
    """The part of the objects of rows ``own`` (N,) that tells them best from ``rest``; None without one."""
    chosen = np.flatnonzero(objects.hot & own[objects.row])
    if len(chosen) < CLUSTERS * 4:
        return None
    chosen = np.random.default_rng(seed).choice(chosen, min(MOST, len(chosen)), replace=False)
    alike = (pixels for look in LOOKS for pixels in clusters(objects.look[:, look], chosen, seed))
    found = [Part(pixels, *presence(objects.shares(pixels), own, rest)) for pixels in alike]
    best = max(found, key=lambda part: part.gain)
    return best if best.gain >= TELLS else None


def clusters(look: Floats, chosen: NDArray[np.intp], seed: int) -> Iterator[NDArray[np.bool_]]:
    """(P,) bool per cluster of ``chosen`` pixels: all pixels whose look (P, d) is as near to its centre."""
    fitted = KMeans(CLUSTERS, n_init=1, max_iter=ROUNDS, random_state=seed).fit(look[chosen])
    for number, centre in enumerate(fitted.cluster_centers_):
        far = np.linalg.norm(look - centre, axis=1)
        yield far <= float(np.quantile(far[chosen][fitted.labels_ == number], RADIUS))


def presence(shares: Doubles, own: Mask, rest: Mask) -> tuple[float, float]:
    """From which share of an object on the part tells most, and by how much (a difference of two rates).

    No gain where it is no part but most of the object.
    """
    if np.median(shares[own]) > LARGEST:
        return LEAST, 0.0
    cuts = np.unique(np.maximum(np.quantile(shares[own], np.linspace(0.02, 0.6, 30)), LEAST))
    gains = [float((shares[own] >= cut).mean() - (shares[rest] >= cut).mean()) for cut in cuts]
    at = int(np.argmax(gains))
    return float(cuts[at]), gains[at]


def lead_of(material: Material, objects: Objects, label: str, part: Part) -> Lead | None:
    """The part counted on the confirmation half, with places for edits; None where it tells nothing."""
    shows = objects.known & (objects.shares(part.pixels) >= part.least)
    confirm = objects.known & ~material.discover
    own, rest = confirm & (material.labels == label), confirm & (material.labels != label)
    crossed = _crossed(shows, (own, rest))
    rates = [hits / max(1, hits + misses) for hits, misses in crossed]
    if min(map(sum, crossed)) < statistics.SMALLEST_SIDE or rates[0] <= rates[1]:
        return None
    v = statistics.cramers_v(crossed)
    hint = Hint(
        flag="part",
        kind="heat",
        strong=bool(np.isfinite(v) and v >= V),
        statement=f"The same hot part of the object occurs in {100 * rates[0]:.0f} % of the pictures of "
        f"{label} and in {100 * rates[1]:.0f} % of the others (Cramér's V {v:.2f}, n = {confirm.sum()}).",
        effect=v,
        measure="bias-corrected Cramér's V of part and label",
        n=min(map(sum, crossed)),
        p=_fisher(material, shows, (own, rest)),
        label=label,
        suspicion=f"part/{label}/part",
        samples=tuple(material.ids[shows]),
        smallest=V,
        uses_region=True,
    )
    boxes, controls = placed(material.ids, objects, part.pixels, shows)
    lead = suspected(hint, boxes, "part", v)
    return replace(lead, suspicion=lead.suspicion and replace(lead.suspicion, controls=controls))


def _crossed(shows: Mask, sides: tuple[Mask, Mask]) -> list[list[int]]:
    return [[int((side & shows).sum()), int((side & ~shows).sum())] for side in sides]


def _fisher(material: Material, shows: Mask, sides: tuple[Mask, Mask]) -> float:
    """One-sided p that the part is no commoner in the class; a unit counts once, by most of its samples."""
    units = [material.per_unit(shows.astype(np.float64), rows) > 0.5 for rows in sides]
    crossed = [[int(side.sum()), int((~side).sum())] for side in units]
    return float(stats.fisher_exact(crossed, alternative="greater").pvalue)
