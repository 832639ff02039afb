"""Does a cue hurt? Accuracy where it contradicts the label against accuracy where it agrees."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search.probes import Probes

GAP = 0.10  # in accuracy: less is no harm worth telling


def of_background(material: Material, probes: Probes) -> Iterator[Hint]:
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
    worth = [material.counted(right, rows) for rows in (agrees, conflicts)]
    interval = statistics.newcombe((worth[0][0], worth[1][0]), (worth[0][1], worth[1][1]))
    yield Hint(
        flag=flag,
        kind="harm",
        strong=gap >= GAP and interval[0] > 0,
        statement=f"Samples that contradict the cue are right in {100 * hits[1] / sizes[1]:.0f} % of cases "
        f"({sizes[1]}), those that agree in {100 * hits[0] / sizes[0]:.0f} % ({sizes[0]}).",
        effect=gap,
        interval=interval,
        measure="accuracy gap",
        n=min(sizes),
        suspicion=suspicion,
        samples=tuple(material.ids[conflicts]),
    )
