"""Found objects against annotated boxes: hits, confusions, false alarms and misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from gradcam_core.base.types import BACKGROUND, Cell
from gradcam_core.tasks.object_detection.cells import FoundObject
from gradcam_core.tasks.object_detection.truth import Marked

Kind = Literal["hit", "other class", "false alarm", "miss", "nothing"]


@dataclass(frozen=True)
class MatchedObject:
    """One row of the run: an object that was found, a box that was missed, or an empty picture.

    Attributes:
        label: class of the boxes, "background" where there is none.
        found: class of the object, "background" where there is none.
        cells: whose answer is explained: the object's, or the one at a missed box's centre; () all.
        boxes: that it stands for: more than one where the grid cannot tell them apart.
        score: highest probability of the class at the cells.
    """

    label: str
    found: str
    cells: tuple[Cell, ...] = ()
    boxes: tuple[Marked, ...] = ()
    score: float = float("nan")


def kind(label: str | None, found: str | None) -> Kind | None:
    """What became of an entry; None without a truth or a prediction."""
    if label is None or found is None:
        return None
    if label == found:
        return "nothing" if label == BACKGROUND else "hit"
    if found == BACKGROUND:
        return "miss"
    return "false alarm" if label == BACKGROUND else "other class"


def touches(one: FoundObject, box: Marked) -> bool:
    """Whether an object counts for a box as the grid sees it.

    The middle of its cells lies in the box, or one of its cells holds the box's centre (boxes smaller
    than a cell have no other way to be hit).
    """
    top, left, bottom, right = box.edges
    row, column = one.centre
    return (top <= row <= bottom and left <= column <= right) or box.cell in one.cells


def matched(
    found: Sequence[FoundObject], boxes: Sequence[Marked], classes: Sequence[str]
) -> list[MatchedObject]:
    """Every found object, strongest first, then every box that none of them touches; or one "nothing".

    An object stands for all boxes of its class that it touches, and several objects may stand for one box,
    as Edge Impulse counts. One that touches none of its class stands for the nearest box of another class
    that was not found as what it is.

    Args:
        found: of one picture.
        boxes: of the same picture.
        classes: names by channel, channel 0 background.
    """
    own = [tuple(b for b in boxes if b.label == classes[f.channel] and touches(f, b)) for f in found]
    done = {box.number for hit in own for box in hit}
    entries = []
    for one, hit in zip(found, own, strict=True):
        stands_for = hit or _nearest(one, [box for box in boxes if box.number not in done])
        done |= {box.number for box in stands_for}
        label = stands_for[0].label if stands_for else BACKGROUND
        entries.append(MatchedObject(label, classes[one.channel], one.cells, stands_for, one.score))
    missed = [box for box in boxes if box.number not in done]
    entries += [MatchedObject(box.label, BACKGROUND, (box.cell,), (box,)) for box in missed]
    return entries or [MatchedObject(BACKGROUND, BACKGROUND)]


def _nearest(one: FoundObject, boxes: Sequence[Marked]) -> tuple[Marked, ...]:
    """The touched box whose centre is nearest, or none."""
    row, column = one.centre
    near = [box for box in boxes if touches(one, box)]
    distance = {box.number: hypot(box.centre[0] - row, box.centre[1] - column) for box in near}
    return tuple(sorted(near, key=lambda box: distance[box.number])[:1])
