"""Global look: the whole picture moved to what is typical of another class.

Shortcuts such as a tint, a darker camera or a blurred source have no place, so no heatmap shows them. The
edit moves one quantity by the difference of the two classes' medians on this test set, the control by as
much the other way. A quantity in which the classes hardly differ is left out: nothing can be learned there.

Where regions exist a quantity is moved by what object and background have in common: a class whose objects
are brighter, or whose backgrounds are, has no look of the whole picture. Without regions the two cannot be
told apart, and findings say so.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Doubles
from gradcam_core.edits import CHECKS, Check, Edit
from gradcam_core.edits.engine.looks import MOVES, measure
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

NAME = "photometry"
Look = Mapping[str, Doubles]
MOST, ALTOGETHER, FEWEST = 200, 2000, 5  # samples measured per class and in all; classes have five
SMALLEST = 0.3  # of the spread within the classes
REAL = 3.0  # standard errors: less is chance


def looks_of(stage: Stage, rows: Rows, parts: bool, most: int = MOST) -> Look:
    """Quantity -> (P, n, d) float64 of ``most`` samples: whole pictures, then background and object."""
    chosen = rows[np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(np.intp)]
    pictures = [stage.scenes.pictures[row] for row in chosen]
    seen = [[measure(picture) for picture in pictures]]
    if parts:
        where = [(~stage.hole(row), stage.mask(row)) for row in chosen]
        seen += [[measure(p, w[side]) for p, w in zip(pictures, where, strict=True)] for side in (0, 1)]
    return {name: np.stack([[look[name] for look in part] for part in seen]) for name in seen[0][0]}


def parted(stage: Stage) -> Rows:
    """(M,) rows with pixels that surely belong to the object and some that surely do not."""
    rows = [row for row in stage.usable if stage.mask(row).any() and not stage.hole(row).all()]
    return np.asarray(rows, dtype=np.intp)


def looks(stage: Stage) -> Mapping[int, Look]:
    """Class -> quantity -> (P, n, d) float64, for classes with at least five samples; kept on the stage."""
    if not stage.looks:
        groups, usable = stage.scenes.groups, parted(stage)
        names = [int(g) for g, n in zip(*np.unique(groups, return_counts=True), strict=True) if n >= FEWEST]
        parts = bool(names) and all((groups[usable] == group).sum() >= FEWEST for group in names)
        pool = usable if parts else np.arange(len(groups))
        for group in names:
            most = min(MOST, max(FEWEST, ALTOGETHER // len(names)))
            stage.looks[group] = looks_of(stage, pool[groups[pool] == group], parts, most)
    return stage.looks


def move(own: Doubles, other: Doubles) -> Doubles | None:
    """(d,) float64 from the typical look of one class to that of the other; None where they hardly differ.

    Args:
        own, other: (P, n, d): of whole pictures, and where P is 3 of backgrounds and objects too. Then the
            move is what both have in common: in their direction, as far as the smaller one goes.
    """
    spreads = [np.median(np.abs(part - np.median(part, axis=0)), axis=0) for part in (own[0], other[0])]
    spread = 1.4826 * float(np.linalg.norm(np.mean(spreads, axis=0)))
    delta = np.median(other[0], axis=0) - np.median(own[0], axis=0) if len(own) == 1 else shared(own, other)
    return delta if float(np.linalg.norm(delta)) >= max(SMALLEST * spread, 1e-3) else None


def shared(own: Doubles, other: Doubles) -> Doubles:
    """(d,) float64, how far background and object both move, zero where one does not or they go apart.

    Means instead of medians: colours of objects lie on a ring of hues, whose median jumps.
    """
    back, front = other[1:].mean(axis=1) - own[1:].mean(axis=1)
    error = np.sqrt(sum(part[1:].var(axis=1) / part.shape[1] for part in (own, other)))
    real = (np.abs(np.stack([back, front])) >= np.maximum(REAL * error, 1e-9)).all(axis=0)
    both = real & (np.sign(back) == np.sign(front))
    return np.where(both, np.sign(back) * np.minimum(np.abs(back), np.abs(front)), 0.0)


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both ways of moving every quantity in which the classes differ."""
    known, own = looks(stage), int(stage.scenes.predicted[row])
    target = stage.random_class(row, rng, known)
    if target is None or own not in known:
        return
    picture, goal = stage.scenes.pictures[row], stage.scenes.goal(target)
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
        action="Moving the overall look to that of another class",
        plan=plan,
        flag="global-look",
        fillers=tuple(MOVES),
    ),
)
