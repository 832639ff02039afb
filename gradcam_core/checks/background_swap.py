"""Background swap within and across classes: the BG-Gap on the user's own test set.

Xiao et al., "Noise or Signal: The Role of Image Backgrounds in Object Recognition", ICLR 2021. The object
stays where it is, with a soft edge, on another sample's background from which that sample's object was
painted out. The donor is of another class than the prediction (edit) or of the predicted class (control):
both arms carry the same seams, so what differs is what the background says. The object's colours are not
matched to the new background: matching would carry the cue across.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.checks import fill
from gradcam_core.checks.scenes import CHECKS, Arm, Check, Edit, Stage, rows_with_region
from gradcam_core.types import Picture, Suspicion

NAME = "background-swap"
FILLERS = ("swap", "swap-tiles")


def new_background(stage: Stage, donor: int, filler: str) -> Picture:
    """The donor without its object: painted over, or tiled from the largest band beside the object."""
    if filler == "swap-tiles":
        tiled = fill.tiles(stage.scenes.pictures[donor], stage.hole(donor))
        if tiled is not None:
            return tiled
    return stage.background(donor)


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers, each with its own donors; nothing where a class has no donor."""
    scenes, own = stage.scenes, int(stage.scenes.predicted[row])
    alpha = fill.soft(stage.mask(row))
    for filler in FILLERS:
        target = stage.random_class(row, rng, stage.donors)
        if target is None:
            return
        pair: dict[Arm, int | None] = {
            "edit": stage.random_donor(row, target, rng),
            "control": stage.random_donor(row, own, rng),
        }
        if None in pair.values():
            continue
        for arm, donor in pair.items():
            assert donor is not None
            picture = fill.blend(new_background(stage, donor, filler), scenes.pictures[row], alpha)
            goal = None if scenes.regression else target
            yield Edit(row, NAME, filler, arm, picture, donor=donor, target=goal)


CHECKS.add(
    NAME,
    Check(
        title="Background swap",
        help="The object on a background of another class, against one of the predicted class.",
        plan=plan,
        eligible=rows_with_region,
        needs_region=True,
        fillers=FILLERS,
    ),
)
