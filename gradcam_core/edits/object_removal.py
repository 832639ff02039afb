"""Object removal: is the label still readable without the object?

The object (and a rim) is painted over, or tiled over, from its own surroundings; the control does the same
to a region of the same shape in the background. Read the accuracy of the edit arm against the majority
rate: predictions that survive without the object come from the background (Maguolo and Nanni 2021).
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits import CHECKS, Check, Edit, rows_with_region
from gradcam_core.edits.engine import filling, places
from gradcam_core.edits.engine.stage import Stage

NAME = "object-removal"
FILLERS = ("inpaint", "tiles")


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers."""
    picture, hole = stage.scenes.pictures[row], stage.hole(row)
    for filler in FILLERS:
        control = places.elsewhere(hole, stage.taken(row), rng)
        yield Edit(row, NAME, filler, "edit", filling.remove(picture, hole, filler))
        yield Edit(row, NAME, filler, "control", filling.remove(picture, control, filler))


CHECKS.add(
    NAME,
    Check(
        title="Object removed",
        help="The object painted over, against an equally large region of the background.",
        action="Removing the object",
        plan=plan,
        eligible=rows_with_region,
        needs_region=True,
        decisive=False,
        fillers=FILLERS,
    ),
)
