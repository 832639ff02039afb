"""Band swap: the picture's margins from another picture; needs no region at all.

For runs without annotated regions, as the second witness beside a swap along estimated ones: each fails
where the other does not. Estimates may be wrong in the middle, objects may reach the margins. The outer
band is taken from a picture of another class (edit) or of the predicted class (control), so both arms carry
the same seam. Two widths have to agree.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits import CHECKS, Arm, Check, Edit
from gradcam_core.edits.border_crop import depth
from gradcam_core.edits.engine import filling
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

NAME = "band-swap"
WIDTHS = {"narrow": 0.14, "wide": 0.2}  # of the shorter side: half and two thirds of a square's area


def rows_without_region(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(N,) every row where no region was annotated; (0,) where regions allow the better background swap."""
    known = {"mask", "box", "drawn"} & set(stage.scenes.region_source)
    return np.arange(0 if known or stage.scenes.cells is not None else len(stage.scenes.ids))


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both widths, each with its own donors; nothing where there is one class."""
    scenes, own = stage.scenes, int(stage.scenes.predicted[row])
    others = sorted(set(scenes.groups.tolist()) - {own})
    if not others:
        return
    for filler, share in WIDTHS.items():
        target = int(rng.choice(others))
        band = filling.soft(depth(scenes.size) < max(1, round(share * min(scenes.size))))
        classes: dict[Arm, int] = {"edit": target, "control": own}
        for arm, group in classes.items():
            lenders = stage.answering(np.flatnonzero(scenes.groups == group), group)
            pool = stage.others(lenders, row, group)
            if not len(pool):
                return
            donor = int(rng.choice(pool))
            picture = filling.blend(scenes.pictures[row], scenes.pictures[donor], band)
            yield Edit(row, NAME, filler, arm, picture, donor=donor, target=scenes.goal(target))


CHECKS.add(
    NAME,
    Check(
        title="Margins swapped",
        help="The outer band from a picture of another class, against one of the predicted class.",
        action="Swapping the margins of the picture for those of one from another class",
        plan=plan,
        eligible=rows_without_region,
        flag="background",
        fillers=tuple(WIDTHS),
    ),
)
