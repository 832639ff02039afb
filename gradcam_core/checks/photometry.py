"""Global look: the whole picture moved to what is typical of another class.

Shortcuts such as a tint, a darker camera or a blurred source have no place, so no heatmap shows them. The
edit moves one quantity by the difference of the two classes' medians on this test set, the control by as
much the other way. A quantity in which the classes hardly differ is left out: nothing can be learned there.
Needs no region.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from gradcam_core.checks.looks import MOVES, measure
from gradcam_core.checks.scenes import CHECKS, Check, Edit, Rows, Stage
from gradcam_core.types import Suspicion

NAME = "photometry"
Look = Mapping[str, NDArray[np.float64]]
MOST, FEWEST = 60, 5
SMALLEST = 0.3  # of the spread within the classes


def looks_of(stage: Stage, rows: Rows) -> Mapping[str, NDArray[np.float64]]:
    """Quantity -> (n, d) of at most 60 of these samples."""
    chosen = rows[np.linspace(0, len(rows) - 1, min(MOST, len(rows))).astype(np.intp)]
    seen = [measure(stage.scenes.pictures[row]) for row in chosen]
    return {name: np.stack([look[name] for look in seen]) for name in seen[0]}


def looks(stage: Stage) -> Mapping[int, Look]:
    """Class -> quantity -> (n, d) values, for classes with at least five samples; kept on the stage."""
    if not stage.looks:
        groups = stage.scenes.groups
        for group, count in zip(*np.unique(groups, return_counts=True), strict=True):
            if count >= FEWEST:
                stage.looks[int(group)] = looks_of(stage, np.flatnonzero(groups == group))
    return stage.looks


def move(own: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """(d,) from the median of one class to that of the other; None where they hardly differ."""
    delta = np.median(other, axis=0) - np.median(own, axis=0)
    spreads = [np.median(np.abs(part - np.median(part, axis=0)), axis=0) for part in (own, other)]
    spread = 1.4826 * float(np.linalg.norm(np.mean(spreads, axis=0)))
    return delta if float(np.linalg.norm(delta)) >= max(SMALLEST * spread, 1e-3) else None


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both ways of moving every quantity in which the classes differ."""
    known, own = looks(stage), int(stage.scenes.predicted[row])
    target = stage.random_class(row, rng, known)
    if target is None or own not in known:
        return
    picture, goal = stage.scenes.pictures[row], None if stage.scenes.regression else target
    for filler, moved in MOVES.items():
        quantity = filler.split(":")[0]
        delta = move(known[own][quantity], known[target][quantity])
        if delta is not None:
            yield Edit(row, NAME, filler, "edit", moved(picture, delta), target=goal)
            yield Edit(row, NAME, filler, "control", moved(picture, -delta), target=goal)


CHECKS.add(
    NAME,
    Check(
        title="Global look",
        help="Colour, brightness, contrast or sharpness moved to another class's, against the other way.",
        plan=plan,
        fillers=tuple(MOVES),
    ),
)
