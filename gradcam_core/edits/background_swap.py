"""Background swap within and across classes: the BG-Gap on the user's own test set.

Xiao et al., "Noise or Signal: The Role of Image Backgrounds in Object Recognition", ICLR 2021. The object
stays where it is, with a soft edge, on another sample's background from which that sample's object was
painted out. The donor is of another class than the prediction (edit) or of the predicted class (control):
both arms carry the same seams, so what differs is what the background says. The object's colours are not
matched to the new background: matching would carry the cue across.

Where rows are objects of one picture the donor's picture is moved, so that what lay around its object lies
around this one: a cue beside objects of a class comes along (``objects``).
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Picture
from gradcam_core.edits import CHECKS, Arm, Check, Edit, rows_with_region
from gradcam_core.edits.engine import around_objects, filling, places
from gradcam_core.edits.engine.stage import Stage

NAME = "background-swap"
FILLERS = ("swap", "swap-tiles")


def new_background(stage: Stage, donor: int, filler: str) -> Picture:
    """(H, W, 3) uint8, the donor without its object: painted over, or tiled from the band beside it."""
    if filler == "swap-tiles":
        tiled = filling.tiles(stage.scenes.pictures[donor], stage.hole(donor))
        if tiled is not None:
            return tiled
    return stage.background(donor)


def new_surroundings(stage: Stage, row: int, donor: int, filler: str) -> Picture:
    """(H, W, 3) uint8, the donor's picture without its object, moved so that this lies around the row's."""
    picture, hole = stage.scenes.pictures[donor], stage.hole(donor)
    over = filling.tiles(picture, hole) if filler == "swap-tiles" else None
    empty = stage.background(donor) if over is None else filling.blend(picture, over, filling.soft(hole))
    return around_objects.moved(empty, stage.mask(donor), stage.mask(row))


def free_place(stage: Stage, row: int, donor: int, rng: np.random.Generator) -> Picture:
    """(H, W, 3) uint8, the donor's picture moved: the row's object lies off all of the donor's objects."""
    place = places.elsewhere(stage.hole(row), stage.taken(donor), rng)
    return around_objects.moved(stage.scenes.pictures[donor], place, stage.mask(row))


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers, each with its own donors; nothing where a class has no donor."""
    scenes, own = stage.scenes, int(stage.scenes.predicted[row])
    alpha = filling.soft(stage.mask(row))
    for filler in FILLERS:
        target = stage.random_class(row, rng, stage.donors)
        alone = target is None and scenes.cells is not None
        if target is None and not alone:
            return
        pair: dict[Arm, int | None] = {
            "edit": stage.random_donor(row, own if target is None else target, rng),
            "control": stage.random_donor(row, own, rng),
        }
        if None in pair.values():
            continue
        for arm, donor in pair.items():
            assert donor is not None
            over = _lent(stage, row, donor, filler, rng if alone and arm == "edit" else None)
            picture = filling.blend(over, scenes.pictures[row], alpha)
            goal = None if target is None else scenes.goal(target)
            yield Edit(row, NAME, filler, arm, picture, donor=donor, target=goal)


def _lent(stage: Stage, row: int, donor: int, filler: str, plain: np.random.Generator | None) -> Picture:
    """What the object is put on; of a detector of one class (``plain``) a place without any object."""
    if stage.scenes.cells is None:
        return new_background(stage, donor, filler)
    if plain is not None:
        return free_place(stage, row, donor, plain)
    return new_surroundings(stage, row, donor, filler)


CHECKS.add(
    NAME,
    Check(
        title="Background swap",
        help="The object on a background of another class, against one of the predicted class.",
        action="Swapping the background for one from another class",
        plan=plan,
        eligible=rows_with_region,
        needs_region=True,
        flag="background",
        fillers=FILLERS,
    ),
)
