"""Spot removal: does the suspected spot matter more than another patch of its size?

The spot is painted over (control: the patch at the mirrored position) or tiled over (control: a patch at a
random far position); spots and controls keep off the object where there is a region. Where rows are objects
the controls are turned about the row's object, as far away, and keep off all objects of the picture.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from gradcam_core.base.suspicion import Place, Suspicion
from gradcam_core.base.types import Mask
from gradcam_core.edits import CHECKS, Check, Edit
from gradcam_core.edits.engine import around_objects, filling, places
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

NAME = "spot-removal"
FILLERS = ("inpaint", "tiles")
MOSTLY, RIM = 0.5, 2  # share of a spot on its object from which it is no spot; pixels
MARKERS = ("fixed-marker", "roaming-marker", "border")


def eligible(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(M,) rows that show the spot, mostly beside the object, where it leaves room for a control."""
    boxes = suspicion.boxes if suspicion else {}
    rows = [
        stage.scenes.row_of[sample]
        for sample, (top, left, bottom, right) in boxes.items()
        if sample in stage.scenes.row_of and 0 < (bottom - top) * (right - left) < places.LARGEST
    ]
    return np.asarray([row for row in sorted(rows) if _beside(stage, row, boxes)], dtype=np.intp)


def spared(stage: Stage, row: int) -> Mask:
    """(H, W) bool, objects, which spots and their controls leave alone; nothing without a usable region."""
    return stage.taken(row) if row in stage.usable else np.zeros(stage.scenes.size, dtype=bool)


def _beside(stage: Stage, row: int, boxes: Mapping[str, Place]) -> bool:
    spot = places.rectangle(stage.scenes.size, boxes[stage.scenes.ids[row]], RIM)
    return places.overlap(spot, spared(stage, row)) <= MOSTLY


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers. The object stays: without it the prediction may change by right."""
    assert suspicion is not None
    picture = stage.scenes.pictures[row]
    spot = places.rectangle(stage.scenes.size, suspicion.boxes[stage.scenes.ids[row]], RIM)
    taken = spared(stage, row)
    spot &= ~taken
    controls = {"inpaint": places.mirrored(spot, taken), "tiles": places.far(spot, taken, rng)}
    if stage.scenes.cells is not None and row in stage.usable:
        controls = {
            name: around_objects.as_far(spot, stage.mask(row), taken, rng) & ~taken for name in FILLERS
        }
    for filler, control in controls.items():
        yield Edit(row, NAME, filler, "edit", filling.remove(picture, spot, filler), suspicion.id)
        yield Edit(row, NAME, filler, "control", filling.remove(picture, control, filler), suspicion.id)


CHECKS.add(
    NAME,
    Check(
        title="Spot removed",
        help="The suspected spot painted over, against a patch of its size elsewhere.",
        action="Removing the spot",
        plan=plan,
        eligible=eligible,
        flags=MARKERS,
        fillers=FILLERS,
    ),
)
