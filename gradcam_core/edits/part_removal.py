"""Part removal: does one part of the object matter more than another one of its size and heat?

The part is painted over from the rest of its object, or in the object's typical colour; the control is a
place of the same size, about as hot, elsewhere inside the same object. What lies around the object stays.
That answers hang on a part says nothing about whether they may: a collar is none of the animal, an ear is.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.suspicion import Place, Suspicion
from gradcam_core.base.types import Mask
from gradcam_core.edits import CHECKS, Arm, Check, Edit
from gradcam_core.edits.engine import inside, places
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

NAME = "part-removal"
FILLERS = ("inpaint", "colour")
FLAGS = ("part",)


def eligible(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(M,) rows that show the part on a usable object with room for a control."""
    if suspicion is None:
        return np.empty(0, dtype=np.intp)
    known = set(suspicion.boxes) & set(suspicion.controls) & set(stage.scenes.row_of)
    rows = np.asarray(sorted(stage.scenes.row_of[name] for name in known), dtype=np.intp)
    return np.intersect1d(rows, stage.usable)


def hole(stage: Stage, row: int, box: Place) -> Mask:
    """(H, W) bool, what of a box lies on the row's object."""
    return places.rectangle(stage.scenes.size, box) & stage.mask(row)


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers."""
    assert suspicion is not None
    picture, name, own = stage.scenes.pictures[row], stage.scenes.ids[row], stage.mask(row)
    arms: dict[Arm, Place] = {"edit": suspicion.boxes[name], "control": suspicion.controls[name]}
    for filler in FILLERS:
        for arm, box in arms.items():
            over = inside.painted(picture, hole(stage, row, box), own, filler)
            yield Edit(row, NAME, filler, arm, over, suspicion.id)


CHECKS.add(
    NAME,
    Check(
        title="Part removed",
        help="One part of the object painted over, against a place of its size elsewhere on the object.",
        action="Painting over the part",
        plan=plan,
        eligible=eligible,
        needs_region=True,
        flags=FLAGS,
        fillers=FILLERS,
    ),
)
