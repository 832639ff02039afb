"""Part insertion: does one part of the object, pasted on objects of other classes, bring its class about?

The part of a sample that shows it lands at the same place of another object that does not; the control is
another piece of the very same object, of the same size and about as hot. Fillers as of ``patch_insertion``:
the crop of one sample, and the average of many (or the most typical one, see ``typical``).
"""

from collections.abc import Iterator, Mapping

import numpy as np

from gradcam_core.base.suspicion import Place, Suspicion
from gradcam_core.base.types import Mask, Picture
from gradcam_core.edits import CHECKS, Arm, Check, Edit
from gradcam_core.edits.engine import around_objects, inside, places, typical
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.edits.part_removal import FLAGS
from gradcam_core.edits.part_removal import eligible as carriers
from gradcam_core.edits.patch_insertion import CROPS, recipients, target_of

NAME = "part-insertion"
FILLERS = ("crop", "average")


def eligible(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(M,) rows with an object but without the part, that are not predicted as its class already."""
    if suspicion is None or not len(carriers(stage, suspicion)):
        return np.empty(0, dtype=np.intp)
    return np.intersect1d(recipients(stage, suspicion), stage.usable)


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers."""
    assert suspicion is not None
    pool, target = carriers(stage, suspicion), target_of(stage, suspicion)
    picture, own, name = stage.scenes.pictures[row], stage.mask(row), suspicion.id
    for filler in FILLERS:
        carrier = int(rng.choice(pool))
        place = _landing(stage, carrier, row, suspicion.boxes[stage.scenes.ids[carrier]])
        many = [int(one) for one in rng.choice(pool, min(CROPS, len(pool)), replace=False)]
        rows = [carrier] if filler == "crop" else many
        parts, others = (_crops(stage, rows, where) for where in (suspicion.boxes, suspicion.controls))
        part, other = typical.of_both(parts, others)
        arms: dict[Arm, Picture] = {"edit": part, "control": other}
        for arm, crop in arms.items():
            over = inside.pasted(picture, crop, place, own)
            yield Edit(row, NAME, filler, arm, over, name, carrier, target)


def _landing(stage: Stage, carrier: int, row: int, box: Place) -> Mask:
    """(H, W) bool, the carrier's box about the row's object: as many pixels, as far from its centre."""
    source, size = places.rectangle(stage.scenes.size, box), stage.scenes.size
    moved = around_objects.carried(box, stage.mask(carrier), stage.mask(row))
    landing = np.zeros(size, dtype=bool)
    slices = zip(places.span(source), moved[:2], size, strict=True)
    landing[tuple(_from(low * side, part.stop - part.start, side) for part, low, side in slices)] = True
    return landing


def _from(first: float, length: int, side: int) -> slice:
    start = min(max(round(first), 0), side - length)
    return slice(start, start + length)


def _crops(stage: Stage, rows: list[int], boxes: Mapping[str, Place]) -> list[Picture]:
    """What lies in each row's box, the object's nearest pixels where the box leaves it."""
    found = []
    for row in rows:
        place = places.rectangle(stage.scenes.size, boxes[stage.scenes.ids[row]])
        found.append(inside.spread(stage.scenes.pictures[row], stage.mask(row))[places.span(place)])
    return found


CHECKS.add(
    NAME,
    Check(
        title="Part inserted",
        help="One part of the object pasted on objects of other classes, against another piece of it.",
        action="Pasting the part on objects of other classes",
        plan=plan,
        eligible=eligible,
        needs_region=True,
        flags=FLAGS,
        fillers=FILLERS,
    ),
)
