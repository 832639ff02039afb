"""Is a cue available in the data? Classifiers that see the background, the border or the look alone.

They say nothing about the model. ``lift`` = (accuracy - majority) / (1 - majority), cross-validated; the
null is made by permuting labels (tail from its normal fit, so that p can be small with few permutations).
After Noyan 2022 (arXiv 2206.04374): eight background pixels told 49 % of PlantVillage against 2.6 %.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.linear_model import Ridge
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from gradcam_core.findings import features, statistics
from gradcam_core.findings.material import Hint, Material

LIFT = 0.2
FOLDS, PERMUTATIONS, MOST, RIDGE = 5, 99, 800, 30.0


@dataclass(frozen=True)
class Probe:
    """What a classifier on some features reached.

    ``says`` (N,) is its out-of-fold class per sample, None where it was not asked.
    """

    lift: float
    accuracy: float
    majority: float
    p: float
    n: int
    says: NDArray[np.object_]


def probe(values: NDArray[np.float64], labels: NDArray[np.object_], seed: int) -> Probe | None:
    """Cross-validated ridge classifier; None with fewer than two classes of 20 samples.

    Args:
        values: (N, D); rows with undefined values are left out.
        labels: (N,) class names, None where unknown.
        seed: of folds, permutations and of the choice of at most 800 samples.
    """
    rows = _rows(values, labels, seed)
    names, counts = np.unique(labels[rows].astype(str), return_counts=True)
    if len(names) < 2:
        return None
    truth = np.searchsorted(names, labels[rows].astype(str))
    generator = np.random.default_rng(seed)
    shuffled = np.stack([truth, *(generator.permutation(truth) for _ in range(PERMUTATIONS))], axis=1)
    answers = _out_of_fold(values[rows], shuffled, len(names), seed)
    scores = (answers == shuffled).mean(axis=0)
    score, null = float(scores[0]), scores[1:]
    majority = float(counts.max() / counts.sum())
    says = np.full(len(labels), None, dtype=object)
    says[rows] = names[answers[:, 0]]
    z = (score - null.mean()) / max(float(null.std()), 1e-6)
    lift = (score - majority) / (1 - majority)
    return Probe(lift, score, majority, float(stats.norm.sf(z)), len(rows), says)


def _out_of_fold(
    values: NDArray[np.float64], labels: NDArray[np.intp], classes: int, seed: int
) -> NDArray[np.intp]:
    """(n, P) out-of-fold class index for P label columns: one ridge regression on all of them at once."""
    targets = (labels[:, :, None] == np.arange(classes)).astype(float).reshape(len(labels), -1)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(values, labels[:, 0])
    model = make_pipeline(StandardScaler(), Ridge(alpha=RIDGE))
    found = cross_val_predict(model, values, targets, cv=list(folds))
    return np.asarray(found.reshape(*labels.shape, classes).argmax(axis=2), dtype=np.intp)


def _rows(values: NDArray[np.float64], labels: NDArray[np.object_], seed: int) -> NDArray[np.intp]:
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
    """The three availability probes of a run; None where one could not be made."""

    background: Probe | None
    border: Probe | None
    look: Probe | None


def run_probes(material: Material, seed: int) -> Probes:
    """Background, border and overall look against the label."""
    rows = material.readable
    labels = _known(material.labels, rows)
    if not rows.any():
        return Probes(None, None, None)
    lab = features.to_lab(material.pictures)
    weight = features.background_weight(material)
    undefined = (weight.sum(axis=(1, 2)) < 16)[:, None]
    background = np.where(undefined, np.nan, features.background(material, lab, weight))
    return Probes(
        probe(background, labels, seed),
        _border(lab, labels, seed),
        _look(material, lab, weight, labels, seed),
    )


def _border(lab: NDArray[np.float64], labels: NDArray[np.object_], seed: int) -> Probe | None:
    """What the outermost ring knows beyond the ring just inside of it: a frame, a ruler."""
    size, rings = lab.shape[1:3], []
    for start in (0.0, features.RING):
        weight = np.broadcast_to(features.ring(size, start, start + features.RING), lab.shape[:3])
        rings.append(features.described(lab, weight))
    outer, inner = probe(rings[0], labels, seed), probe(rings[1], labels, seed)
    if outer is None or inner is None:
        return None
    gained = outer.lift - max(inner.lift, 0.0)
    return (
        outer if gained >= LIFT else Probe(gained, outer.accuracy, outer.majority, 1.0, outer.n, outer.says)
    )


def _look(
    material: Material,
    lab: NDArray[np.float64],
    weight: NDArray[np.float64],
    labels: NDArray[np.object_],
    seed: int,
) -> Probe | None:
    """A cue of the whole picture shows on the object and on the background: the weaker of both counts."""
    if not material.covered.any():
        return probe(features.look(lab, weight), labels, seed)
    known = _known(labels, material.covered)
    both = [probe(features.look(lab, part), known, seed) for part in (weight, 1 - weight)]
    found = [one for one in both if one is not None]
    return min(found, key=lambda one: one.lift) if len(found) == len(both) else None


WORDS = {
    "background": "A classifier that sees only the background",
    "border": "A classifier that sees only the outer ring",
    "global-look": "A classifier that sees only brightness, colour, contrast and sharpness",
}


def hints(probes: Probes) -> Iterator[Hint]:
    """One data hint per probe."""
    found = {"background": probes.background, "border": probes.border, "global-look": probes.look}
    for flag, one in found.items():
        if one is None:
            continue
        hits = round(one.accuracy * one.n)
        low, high = ((end - one.majority) / (1 - one.majority) for end in statistics.wilson(hits, one.n))
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


def harm(material: Material, probes: Probes) -> Iterator[Hint]:
    """Is the model worse where the background speaks for another class than the label?"""
    if probes.background is None:
        return
    correct = material.table["correct"]
    known = correct.notna().to_numpy() & np.array([says is not None for says in probes.background.says])
    agrees = known & (probes.background.says == material.labels)
    yield from compare(material, "background", agrees, known & ~agrees)


def compare(
    material: Material,
    flag: str,
    agrees: NDArray[np.bool_],
    conflicts: NDArray[np.bool_],
    suspicion: str = "",
) -> Iterator[Hint]:
    """The accuracy gap between samples that agree with a cue and samples that contradict it."""
    right = material.table["correct"].fillna(False).to_numpy(dtype=bool)
    sizes = int(agrees.sum()), int(conflicts.sum())
    if min(sizes) < statistics.SMALLEST_SIDE:
        return
    hits = int((right & agrees).sum()), int((right & conflicts).sum())
    gap = hits[0] / sizes[0] - hits[1] / sizes[1]
    interval = statistics.newcombe(hits, sizes)
    yield Hint(
        flag=flag,
        kind="harm",
        strong=gap >= 0.1 and interval[0] > 0,
        statement=f"Samples that contradict the cue are right in {100 * hits[1] / sizes[1]:.0f} % of cases "
        f"({sizes[1]}), those that agree in {100 * hits[0] / sizes[0]:.0f} % ({sizes[0]}).",
        effect=gap,
        interval=interval,
        measure="accuracy gap",
        n=min(sizes),
        suspicion=suspicion,
        samples=tuple(material.ids[conflicts]),
    )
