"""Is a cue available in the data? Classifiers that see the background, the border or the look alone.

They say nothing about the model. ``lift`` = (accuracy - majority) / (1 - majority), cross-validated; the
null is made by permuting labels (tail from its normal fit, so that p can be small with few permutations).
After Noyan 2022 (arXiv 2206.04374): eight background pixels told 49 % of PlantVillage against 2.6 %.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.linear_model import Ridge
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.preprocessing import StandardScaler

from gradcam_core.base.intervals import effective, wilson
from gradcam_core.base.types import Doubles
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import appearance

Fold = tuple[NDArray[np.intp], NDArray[np.intp]]
LIFT = 0.2
FEWEST_PIXELS = 16  # of a thumbnail's background or object
FOLDS, PERMUTATIONS, MOST, RIDGE = 5, 99, 800, 30.0
WORDS = {
    "background": "A classifier that sees only the background",
    "border": "A classifier that sees only the outer ring",
    "global-look": "A classifier that sees only brightness, colour, contrast and sharpness",
}


@dataclass(frozen=True)
class Probe:
    """What a classifier on some features reached.

    ``says`` (N,) is its out-of-fold class per sample, None where it was not asked. ``worth``: how many
    independent samples the ``n`` are worth, which patients or scenes may share.
    """

    lift: float
    accuracy: float
    majority: float
    p: float
    n: int
    worth: float
    says: NDArray[np.object_]


def probe(
    values: Doubles,
    labels: NDArray[np.object_],
    seed: int,
    units: NDArray[np.object_] | None = None,
    asked: Doubles | None = None,
) -> Probe | None:
    """Cross-validated ridge classifier; None with fewer than two classes of 20 samples.

    Args:
        values: (N, D); rows with undefined values are left out.
        labels: (N,) class names, None where unknown.
        seed: of folds, permutations and of the choice of at most 800 samples.
        units: (N,) patient or scene of each sample: one fold holds all samples of a unit.
        asked: (N, D) what the classifier is shown after it was fitted to ``values`` (other samples of
            them); ``values`` where None. Each is taken in units of its own spread.
    """
    rows = _rows(values if asked is None else np.hstack([values, asked]), labels, seed)
    names, counts = np.unique(labels[rows].astype(str), return_counts=True)
    if len(names) < 2:
        return None
    truth, own = np.searchsorted(names, labels[rows].astype(str)), None if units is None else units[rows]
    generator = np.random.default_rng(seed)
    null_labels = [statistics.shuffled(truth, own, generator) for _ in range(PERMUTATIONS)]
    shuffled = np.stack([truth, *null_labels], axis=1)
    pair = [
        np.asarray(StandardScaler().fit_transform(part[rows]), dtype=np.float64)
        for part in (values, values if asked is None else asked)
    ]
    answers = _out_of_fold(pair[0], pair[1], shuffled, _folds(truth, own, seed))
    scores = (answers == shuffled).mean(axis=0)
    score, null = float(scores[0]), scores[1:]
    majority = float(counts.max() / counts.sum())
    says = np.full(len(labels), None, dtype=object)
    says[rows] = names[answers[:, 0]]
    z = (score - null.mean()) / max(float(null.std()), 1e-6)
    lift = (score - majority) / (1 - majority)
    worth = float(len(rows)) if own is None else effective(answers[:, 0] == truth, own)
    return Probe(lift, score, majority, float(stats.norm.sf(z)), len(rows), worth, says)


def _folds(labels: NDArray[np.intp], units: NDArray[np.object_] | None, seed: int) -> list[Fold]:
    if units is None:
        return list(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(labels, labels))
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return list(split.split(labels, labels, units.astype(str)))


def _out_of_fold(
    fitted: Doubles, asked: Doubles, labels: NDArray[np.intp], folds: Sequence[Fold]
) -> NDArray[np.intp]:
    """(n, P) out-of-fold class index for P label columns: one ridge regression on all of them at once."""
    classes = int(labels.max()) + 1
    targets = (labels[:, :, None] == np.arange(classes)).astype(float).reshape(len(labels), -1)
    found = np.empty_like(targets)
    for fit, test in folds:
        found[test] = Ridge(alpha=RIDGE).fit(fitted[fit], targets[fit]).predict(asked[test])
    return np.asarray(found.reshape(*labels.shape, classes).argmax(axis=2), dtype=np.intp)


def _rows(values: Doubles, labels: NDArray[np.object_], seed: int) -> NDArray[np.intp]:
    """Rows of classes with at least 20 usable samples, at most 800 of them."""
    usable = np.isfinite(values).all(axis=1) & np.array([label is not None for label in labels], bool)
    for name in {label for label in labels if label is not None}:
        if (usable & (labels == name)).sum() < statistics.SMALLEST_SIDE:
            usable &= labels != name
    rows = np.flatnonzero(usable)
    if len(rows) > MOST:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST, replace=False))
    return rows


def _known(labels: NDArray[np.object_], rows: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Labels with None outside ``rows``."""
    found = labels.copy()
    found[~rows] = None
    return found


@dataclass(frozen=True)
class Probes:
    """The three availability probes of a run; None where one could not be made.

    ``described`` (N, D) is what the background looks like, as numbers; D = 0 where nothing could be read.
    """

    background: Probe | None
    border: Probe | None
    look: Probe | None
    described: Doubles


def run_probes(material: Material, seed: int) -> Probes:
    """Background, border and overall look against the label."""
    rows = material.readable
    if not rows.any():
        return Probes(None, None, None, np.zeros((len(rows), 0)))
    labels, units = _known(material.labels, rows), material.units
    lab = appearance.to_lab(material.pictures)
    weight = appearance.background_weight(material)
    undefined = (weight.sum(axis=(1, 2)) < FEWEST_PIXELS)[:, None]
    described = appearance.described(lab, weight)
    background = np.hstack([described, appearance.fixed_pixels(lab, weight)])
    return Probes(
        probe(np.where(undefined, np.nan, background), labels, seed, units),
        _border(lab, labels, seed, units),
        _look(material, lab, weight, labels, seed),
        described,
    )


def _border(
    lab: appearance.Lab, labels: NDArray[np.object_], seed: int, units: NDArray[np.object_] | None
) -> Probe | None:
    """What the outermost ring knows beyond the ring just inside of it: a frame, a ruler."""
    size, rings = lab.shape[1:3], []
    for start in (0.0, appearance.RING):
        weight = np.broadcast_to(appearance.ring(size, start, start + appearance.RING), lab.shape[:3])
        rings.append(appearance.described(lab, weight))
    outer, inner = (probe(ring, labels, seed, units) for ring in rings)
    if outer is None or inner is None:
        return None
    gained = outer.lift - max(inner.lift, 0.0)
    return outer if gained >= LIFT else replace(outer, lift=gained, p=1.0)


def _look(
    material: Material, lab: appearance.Lab, weight: Doubles, labels: NDArray[np.object_], seed: int
) -> Probe | None:
    """A cue of the whole picture shows on the object as on the background.

    What is learned from one has to hold for the other, both ways; the weaker way counts. A colour of the
    object alone, or of the background alone, is no look of the whole picture.
    """
    if not material.covered.any():
        return probe(appearance.look(lab, weight), labels, seed, material.units)
    inside = appearance.object_weight(material)
    known = _known(labels, material.covered & (inside.sum(axis=(1, 2)) >= FEWEST_PIXELS))
    back, front = appearance.look(lab, weight), appearance.look(lab, inside)
    ways = [
        probe(learned, known, seed, units=material.units, asked=asked)
        for learned, asked in ((back, front), (front, back))
    ]
    found = [one for one in ways if one is not None]
    return min(found, key=lambda one: one.lift) if len(found) == len(ways) else None


def hints(probes: Probes) -> Iterator[Hint]:
    """One data hint per probe."""
    found = {"background": probes.background, "border": probes.border, "global-look": probes.look}
    for flag, one in found.items():
        if one is None:
            continue
        ends = wilson(one.accuracy, one.worth)
        low, high = ((end - one.majority) / (1 - one.majority) for end in ends)
        yield Hint(
            flag=flag,
            kind="data",
            strong=bool(one.lift >= LIFT and low > LIFT / 2),
            statement=f"{WORDS[flag]} gets {100 * one.accuracy:.0f} % of the labels right, "
            f"the majority class alone {100 * one.majority:.0f} % (n = {one.n}).",
            effect=one.lift,
            interval=(low, high),
            measure="lift of a classifier over the majority class",
            n=one.n,
            p=one.p,
            smallest=max(LIFT, smallest_lift(one)),
            uses_region=flag == "background",
        )


def smallest_lift(one: Probe) -> float:
    """Smallest lift shown at p < 0.01 with power 0.8, from the binomial spread of the majority rate."""
    spread = np.sqrt(one.majority * (1 - one.majority) / one.n)
    z = stats.norm.ppf(0.99) + stats.norm.ppf(statistics.POWER)
    return float(z * spread / (1 - one.majority))
