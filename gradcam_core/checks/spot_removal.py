"""Spot removal: does the suspected spot matter more than another patch of its size?

The spot is painted over (control: the patch at the mirrored position) or tiled over (control: a patch at a
random far position); controls keep off the object where there is a region.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.checks import fill, places
from gradcam_core.checks.scenes import CHECKS, Check, Edit, Rows, Stage
from gradcam_core.types import Suspicion

NAME = "spot-removal"
FILLERS = ("inpaint", "tiles")
MARKERS = ("fixed-marker", "roaming-marker", "border")


def eligible(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """Samples that show the spot, where it leaves room for a control."""
    boxes = suspicion.boxes if suspicion else {}
    rows = [
        stage.scenes.row_of[sample]
        for sample, (top, left, bottom, right) in boxes.items()
        if sample in stage.scenes.row_of and 0 < (bottom - top) * (right - left) < places.LARGEST
    ]
    return np.asarray(sorted(rows), dtype=np.intp)


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers."""
    assert suspicion is not None
    picture = stage.scenes.pictures[row]
    spot = places.rectangle(stage.scenes.size, suspicion.boxes[stage.scenes.ids[row]], rim=2)
    controls = {
        "inpaint": places.mirrored(spot, stage.mask(row)),
        "tiles": places.far(spot, stage.mask(row), rng),
    }
    for filler, control in controls.items():
        yield Edit(row, NAME, filler, "edit", fill.remove(picture, spot, filler), suspicion.id)
        yield Edit(row, NAME, filler, "control", fill.remove(picture, control, filler), suspicion.id)


CHECKS.add(
    NAME,
    Check(
        title="Spot removed",
        help="The suspected spot painted over, against a patch of its size elsewhere.",
        plan=plan,
        eligible=eligible,
        flags=MARKERS,
        fillers=FILLERS,
    ),
)
