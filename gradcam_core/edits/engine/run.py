"""Plan, predict and tabulate the edits of a test set, a batch at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.threads import in_order
from gradcam_core.base.types import Doubles, Floats
from gradcam_core.edits import CHECKS, Edit
from gradcam_core.edits.engine.guard import Guard
from gradcam_core.edits.engine.sampling import generator, stratified
from gradcam_core.edits.engine.scenes import Embed, Predict, Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.edits.engine.table import Table

BATCH = 32
DESCRIBED = 3  # edits that only describe get this part of the budget


@dataclass(frozen=True)
class Asked:
    """A model that is asked about edits, with what it said of the test set before any."""

    scenes: Scenes
    predict: Predict
    embed: Embed | None


@dataclass(frozen=True)
class PlannedCheck:
    """One check on one sample, for one suspicion or for none."""

    check: str
    suspicion: Suspicion | None
    row: int

    def edits(self, stage: Stage, seed: int) -> Iterator[Edit]:
        """Both arms for every filler, the same for one seed."""
        name = self.suspicion.id if self.suspicion else ""
        rng = generator(seed, self.check, name, stage.scenes.ids[self.row])
        yield from CHECKS[self.check].plan(stage, self.row, self.suspicion, rng)


def planned_checks(
    stage: Stage, budget: int, seed: int, only: Sequence[str] | None = None
) -> list[PlannedCheck]:
    """Every check on its samples; ``only`` names the checks (all where None)."""
    found = []
    for name in CHECKS if only is None else only:
        check = CHECKS[name]
        wanted = [s for s in stage.suspicions if s.flag in check.flags] if check.flags else [None]
        for suspicion in wanted:
            key = f"{name}/{suspicion.id if suspicion else ''}"
            amount = budget if check.decisive else max(1, budget // DESCRIBED)
            rows = stratified(stage.scenes, check.eligible(stage, suspicion), amount, key, seed)
            found += [PlannedCheck(name, suspicion, int(row)) for row in rows]
    return found


def run_checks(  # noqa: PLR0913 - each is one knob of the command line
    scenes: Scenes,
    predict: Predict,
    embed: Embed | None,
    suspicions: Sequence[Suspicion],
    *,
    budget: int = 200,
    seed: int = 0,
    only: Sequence[str] | None = None,
    progress: Progress = silent,
    box_margin: float = 0.0,
    tolerance: float | None = None,
) -> pd.DataFrame:
    """Edit, predict again, compare: one row per sample, edit, filler and arm.

    Args:
        scenes: the test set.
        predict, embed: the model; without ``embed`` no picture is called unusual.
        suspicions: what discovery noticed; tested by the checks that serve their flag.
        budget: samples per edit (and per suspicion where a suspicion asks for it); a third of it for
            edits that only describe.
        seed: of every random choice; each depends on the check and the sample alone.
        only: names of checks; all where None.
        progress: called with "edits", planned checks done, in all.
        box_margin: share by which box regions grow (below zero: shrink) before use.
        tolerance: as ``Scenes.tolerance``, and stronger.

    Returns:
        A table with the columns of ``edits.parquet`` (docs/run-format.md); no rows where nothing applies.
    """
    stage = Stage(scenes, suspicions, box_margin)
    planned = planned_checks(stage, budget, seed, only)
    return same_checks(stage, planned, [Asked(scenes, predict, embed)], seed, progress, tolerance)[0]


def same_checks(
    stage: Stage,
    planned: Sequence[PlannedCheck],
    asked: Sequence[Asked],
    seed: int,
    progress: Progress = silent,
    tolerance: float | None = None,
) -> list[pd.DataFrame]:
    """One edit table for each of several models, all of them asked about the very same edited pictures.

    Args:
        stage: what the edits are made from.
        planned: which ones.
        asked: the models; the rows of their scenes are those of the stage.
        seed, progress, tolerance: as of :func:`run_checks`.
    """
    seats = [(one, Guard(one.scenes, one.embed), Table(one.scenes, tolerance)) for one in asked]

    def ask(batch: list[Edit]) -> tuple[list[Edit], list[tuple[Floats, Doubles]]]:
        pictures = np.stack([edit.picture for edit in batch])
        rows = np.asarray([edit.row for edit in batch], dtype=np.intp)
        return batch, [(one.predict(pictures), guard.distances(pictures, rows)) for one, guard, _ in seats]

    batches = _batches(_edits(planned, stage, seed, progress))
    for batch, answers in in_order(ask, batches, 1):  # the next edits are drawn while the models are asked
        for (*_, table), (outputs, distances) in zip(seats, answers, strict=True):
            table.add(batch, outputs, distances)
    return [table.frame() for *_, table in seats]


def _batches(stream: Iterator[Edit]) -> Iterator[list[Edit]]:
    while batch := list(islice(stream, BATCH)):
        yield batch


def _edits(planned: Sequence[PlannedCheck], stage: Stage, seed: int, progress: Progress) -> Iterator[Edit]:
    for done, one in enumerate(planned, start=1):
        yield from one.edits(stage, seed)
        progress("edits", done, len(planned))
