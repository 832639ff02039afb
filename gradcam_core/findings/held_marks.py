"""The edits of a used background once more, with the confirmed marks left as they were.

Another background also brings, or takes away, a tag or a frame that lies in it. So each edit is repeated on
the same samples with the same donors, the sample's own pixels kept at the marks of sample and donor.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from gradcam_core.base.suspicion import Place, Suspicion
from gradcam_core.base.types import Mask
from gradcam_core.edits import CHECKS, Edit
from gradcam_core.edits.engine import places
from gradcam_core.edits.engine.run import Asked, PlannedCheck, planned_checks, same_checks
from gradcam_core.edits.engine.scenes import Predict, Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.findings.conclude.beside_marks import HeldEdits, backgrounds, marks, name
from gradcam_core.runs.findings import Finding

ALL_AROUND: Place = (0.0, 0.0, 1.0, 1.0)
Boxes = Mapping[str, Place] | None


@dataclass(frozen=True)
class Held(PlannedCheck):
    """A check whose edits leave marks alone.

    Attributes:
        marks: sample id -> box of each mark; None for one that runs around the picture.
        changed: filled as edits are drawn: filler -> pixels that each changes with marks held, and in all.
    """

    marks: tuple[Boxes, ...] = ()
    changed: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def edits(self, stage: Stage, seed: int) -> Iterator[Edit]:
        """Both arms, with the sample's own pixels at the marks of the sample and of the donor."""
        own = stage.scenes.pictures[self.row]
        for edit in super().edits(stage, seed):
            place = self._place(stage.scenes, (edit.row, edit.donor))
            other = (edit.picture != own).any(axis=-1)
            counts = int((other & ~place).sum()), int(other.sum())
            self.changed.setdefault(edit.filler, []).append(counts)
            yield replace(edit, picture=np.where(place[..., None], own, edit.picture))

    def _place(self, scenes: Scenes, rows: Sequence[int | None]) -> Mask:
        names = [scenes.ids[row] for row in rows if row is not None]
        around = [ALL_AROUND for mark in self.marks if mark is None]
        boxes = [mark[name] for mark in self.marks if mark is not None for name in names if name in mark]
        parts = [places.marked(scenes.size, box) for box in (*around, *boxes)]
        return np.any([np.zeros(scenes.size, dtype=bool), *parts], axis=0)


def held_edits(
    found: Sequence[Finding],
    scenes: Scenes,
    suspicions: Sequence[Suspicion],
    predict: Predict,
    *,
    budget: int,
    seed: int,
) -> HeldEdits | None:
    """Both arms of the background edit; None without a confirmed background beside a confirmed mark.

    Args:
        found: the conclusions of a run; all confirmed marks are held.
        scenes, suspicions, predict, budget, seed: what its edits were made with.
    """
    grounds, held = backgrounds(found), marks(found)
    if not grounds or not held:
        return None
    known = {one.id: one.boxes for one in suspicions}
    boxes = tuple(None if one.flag == "border" else known.get(one.suspicion, {}) for one in held)
    stage, changed = Stage(scenes, suspicions), dict[str, list[tuple[int, int]]]()
    planned = [
        Held(one.check, one.suspicion, one.row, boxes, changed)
        for one in planned_checks(stage, budget, seed, [_edit_of(grounds)])
    ]
    table = same_checks(stage, planned, [Asked(scenes, predict, None)], seed)[0]
    left = {filler: np.sum(counts, axis=0) for filler, counts in changed.items()}
    room = {filler: float(after / max(before, 1)) for filler, (after, before) in left.items()}
    return HeldEdits(table, room, tuple(name(one) for one in held))


def _edit_of(grounds: Sequence[Finding]) -> str:
    """The one along regions, if there is one: a held border leaves little of the margins alone."""
    made = sorted({one.edit for ground in grounds for one in ground.evidence})
    return next((edit for edit in made if CHECKS[edit].needs_region), made[0])
