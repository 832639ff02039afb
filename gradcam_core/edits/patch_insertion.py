"""Patch insertion: is the suspected mark alone enough to pull a prediction to its class?

The spot of a sample that shows it is pasted at its place on samples of other classes that don't; the
control pastes what samples without it have at that place. Fillers: the crop of one sample, and the average
of many; where the average keeps less than half of what marks add (a thin one of varying course) the most
typical crop takes its place in both arms, see ``typical``. After Winkler et al., JAMA Dermatology
2019, and Pahde et al., "Reveal to Revise", MICCAI 2023. Watermarks cover the whole picture: see
``watermark``.
"""

from collections import Counter
from collections.abc import Iterator

import cv2
import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Mask, Picture
from gradcam_core.edits import CHECKS, Check, Edit, rows_with_region
from gradcam_core.edits.engine import around_objects, filling, places, typical
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.edits.engine.watermark import plan_pattern
from gradcam_core.edits.spot_removal import eligible as spots
from gradcam_core.edits.spot_removal import spared

NAME = "patch-insertion"
FILLERS = ("crop", "average")
FLAGS = ("fixed-marker", "roaming-marker", "border", "watermark")
CROPS = 16
TOUCH = 0.05  # share of a mark that may lie on its sample's object


def target_of(stage: Stage, suspicion: Suspicion) -> int | None:
    """The class the mark would speak for: the suspicion's label, else that of most who show it."""
    names = stage.scenes.class_names
    if suspicion.label in names:
        return names.index(suspicion.label)
    rows = [stage.scenes.row_of[sample] for sample in suspicion.samples if sample in stage.scenes.row_of]
    if not rows or stage.scenes.regression:
        return None
    group, count = Counter(stage.scenes.groups[rows].tolist()).most_common(1)[0]
    return int(group) if count >= 0.6 * len(rows) else None


def carriers(stage: Stage, suspicion: Suspicion) -> Rows:
    """(M,) rows whose mark can be cut out without the object; one that runs along all edges as a ring.

    A crop that holds a part of the object speaks for the class by right.
    """
    if suspicion.id not in stage.carriers:
        rows = spots(stage, suspicion)
        if suspicion.flag == "border":
            found = [stage.scenes.row_of[name] for name in suspicion.boxes if name in stage.scenes.row_of]
            rows = np.asarray(sorted(found), dtype=np.intp)
        free = [row for row in rows if _free(stage, suspicion, int(row))]
        stage.carriers[suspicion.id] = np.asarray(free, dtype=np.intp)
    return stage.carriers[suspicion.id]


def _free(stage: Stage, suspicion: Suspicion, row: int) -> bool:
    place = places.marked(stage.scenes.size, suspicion.boxes[stage.scenes.ids[row]])
    return places.overlap(place, spared(stage, row)) <= TOUCH


def without(stage: Stage, suspicion: Suspicion) -> Rows:
    """(M,) rows that don't show it and are not of its class."""
    shows = set(suspicion.samples) | set(suspicion.boxes)
    target = target_of(stage, suspicion)
    free = np.asarray([sample not in shows for sample in stage.scenes.ids], dtype=bool)
    if target is not None and stage.scenes.own_classes is not None:
        return np.flatnonzero(free & ~stage.scenes.holding(target))
    return np.flatnonzero(free & (stage.scenes.groups != (-1 if target is None else target)))


def eligible(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(M,) rows without it that are not predicted as its class already; none without a carrier."""
    if suspicion is None or (suspicion.flag != "watermark" and not len(carriers(stage, suspicion))):
        return np.empty(0, dtype=np.intp)
    return recipients(stage, suspicion)


def recipients(stage: Stage, suspicion: Suspicion) -> Rows:
    """(M,) rows without it that are not predicted as its class already; a picture once."""
    rows, target = without(stage, suspicion), target_of(stage, suspicion)
    if stage.scenes.cells is not None:
        rows = np.intersect1d(rows, rows_with_region(stage, None))
    if stage.scenes.own_classes is not None:  # a picture once: all of its rows would be edited alike
        rows = rows[np.unique(stage.scenes.pictured[rows], return_index=True)[1]]
    if target is None:
        return rows
    return rows[stage.scenes.before(rows, np.full(len(rows), target)).argmax(axis=1) != target]


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms for both fillers; nothing where no other sample can lend a control patch."""
    assert suspicion is not None
    target, others = target_of(stage, suspicion), without(stage, suspicion)
    others = others[others != row]
    if suspicion.flag == "watermark":
        yield from plan_pattern(stage, row, suspicion, target, rng)
    elif len(others):
        for filler in FILLERS:
            carrier, lender = int(rng.choice(carriers(stage, suspicion))), int(rng.choice(others))
            place, there = (_place(stage, suspicion, carrier, one) for one in (row, lender))
            marks = _marks(stage, suspicion, carrier, filler, rng)
            plains = _plains(stage, others, lender, there, filler, rng)
            mark, plain = typical.of_both(marks, plains)
            edit = _paste(stage.scenes.pictures[row], mark, place)
            control = _paste(stage.scenes.pictures[row], plain, place)
            yield Edit(row, NAME, filler, "edit", edit, suspicion.id, carrier, target)
            yield Edit(row, NAME, filler, "control", control, suspicion.id, lender, target)


def _place(stage: Stage, suspicion: Suspicion, carrier: int, row: int) -> Mask:
    """(H, W) where the carrier has its mark; of objects where the row has the place beside its own."""
    box = suspicion.boxes[stage.scenes.ids[carrier]]
    if stage.scenes.cells is not None and {carrier, row} <= set(stage.usable.tolist()):
        box = around_objects.carried(box, stage.mask(carrier), stage.mask(row))
    return places.marked(stage.scenes.size, box)


def _crop(stage: Stage, row: int, place: Mask) -> Picture:
    return np.asarray(stage.scenes.pictures[row][places.span(place)])


def _marks(
    stage: Stage, suspicion: Suspicion, carrier: int, filler: str, rng: np.random.Generator
) -> list[Picture]:
    """The carrier's spot, or those of many carriers."""
    if filler == "average" and suspicion.patch is not None:
        return [suspicion.patch]
    rows = [carrier] if filler == "crop" else _some(carriers(stage, suspicion), rng)
    where = [places.marked(stage.scenes.size, suspicion.boxes[stage.scenes.ids[row]]) for row in rows]
    return [_crop(stage, row, place) for row, place in zip(rows, where, strict=True)]


def _plains(
    stage: Stage, others: Rows, lender: int, place: Mask, filler: str, rng: np.random.Generator
) -> list[Picture]:
    """What samples without the mark have at its place: of the lender, or of many."""
    rows = [lender] if filler == "crop" else _some(others, rng)
    return [_crop(stage, row, place) for row in rows]


def _some(rows: Rows, rng: np.random.Generator) -> list[int]:
    return [int(row) for row in rng.choice(rows, min(CROPS, len(rows)), replace=False)]


def _paste(picture: Picture, crop: Picture, place: Mask) -> Picture:
    rows, columns = places.span(place)
    size = (columns.stop - columns.start, rows.stop - rows.start)
    over = picture.copy()
    over[rows, columns] = cv2.resize(crop, size, interpolation=cv2.INTER_LINEAR)
    return filling.blend(picture, over, filling.soft(place))


CHECKS.add(
    NAME,
    Check(
        title="Mark inserted",
        help="The suspected mark pasted on samples of other classes, against what they have there.",
        action="Pasting the patch into pictures of other classes",
        plan=plan,
        eligible=eligible,
        flags=FLAGS,
        fillers=FILLERS,
    ),
)
