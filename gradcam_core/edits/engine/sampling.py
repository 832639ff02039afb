"""Which samples an edit is tried on: stratified by label and prediction, the same ones every time."""

from collections import Counter, defaultdict

import numpy as np

from gradcam_core.base.hashing import stable_hash
from gradcam_core.edits.engine.scenes import Rows, Scenes


def stratified(scenes: Scenes, rows: Rows, budget: int, key: str, seed: int) -> Rows:
    """(M,) at most ``budget`` of ``rows``: labels in equal numbers, predictions in proportion within one.

    Within a stratum the order is a hash of the sample id, samples of the confirmation half first: those
    are the ones that conclusions may rest on.
    """
    strata: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows:
        strata[int(scenes.labels[row]), int(scenes.predicted[row])].append(int(row))
    labels = Counter(int(scenes.labels[row]) for row in rows)
    turns: list[tuple[float, int, int]] = []
    for (label, _), stratum in strata.items():
        ordered = sorted(
            stratum,
            key=lambda row: (scenes.half(row) == "discover", stable_hash(seed, key, scenes.ids[row])),
        )
        step = labels[label] / len(stratum)
        turns += [
            ((turn + 0.5) * step, stable_hash("tie", scenes.ids[row]), row)
            for turn, row in enumerate(ordered)
        ]
    return np.sort(np.asarray([row for *_, row in sorted(turns)[:budget]], dtype=np.intp))


def generator(seed: int, *parts: str) -> np.random.Generator:
    """A generator that depends on the parts alone: one sample gets the same numbers in any subset."""
    return np.random.default_rng(stable_hash(seed, *parts))
