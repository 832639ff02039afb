"""Plan, predict and tabulate the edits of a test set, a batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.checks.guard import Guard
from gradcam_core.checks.halves import half_of
from gradcam_core.checks.logodds import as_classes, margins
from gradcam_core.checks.sampling import generator, stratified
from gradcam_core.checks.scenes import CHECKS, Edit, Embed, Predict, Scenes, Stage
from gradcam_core.types import Floats, Suspicion

Progress = Callable[[int, int], None]
BATCH = 32
COLUMNS = (
    *("sample_id", "label", "edit", "suspicion", "filler", "arm", "half", "donor_id", "donor_label"),
    *("target", "predicted_before", "predicted_after", "margin_before", "margin_after"),
    *("target_before", "target_after", "flipped", "unusual"),
)


@dataclass(frozen=True)
class Job:
    """One check on one sample, for one suspicion or for none."""

    check: str
    suspicion: Suspicion | None
    row: int

    def edits(self, stage: Stage, seed: int) -> Iterator[Edit]:
        name = self.suspicion.id if self.suspicion else ""
        rng = generator(seed, self.check, name, stage.scenes.ids[self.row])
        yield from CHECKS[self.check].plan(stage, self.row, self.suspicion, rng)


def jobs(stage: Stage, budget: int, seed: int, only: Sequence[str] | None = None) -> list[Job]:
    """Every check on its samples; ``only`` names the checks (all where None)."""
    found = []
    for name in CHECKS if only is None else only:
        check = CHECKS[name]
        wanted = [s for s in stage.suspicions if s.flag in check.flags] if check.flags else [None]
        for suspicion in wanted:
            key = f"{name}/{suspicion.id if suspicion else ''}"
            rows = stratified(stage.scenes, check.eligible(stage, suspicion), budget, key, seed)
            found += [Job(name, suspicion, int(row)) for row in rows]
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
    progress: Progress | None = None,
    box_margin: float = 0.0,
    tolerance: float | None = None,
) -> pd.DataFrame:
    """Edit, predict again, compare: one row per sample, edit, filler and arm.

    Args:
        scenes: the test set.
        predict, embed: the model; without ``embed`` no picture is called unusual.
        suspicions: what discovery noticed; tested by the checks that serve their flag.
        budget: samples per edit (and per suspicion where a suspicion asks for it).
        seed: of every random choice; each depends on the check and the sample alone.
        only: names of checks; all where None.
        progress: called with (samples done, samples in all).
        box_margin: share by which box regions grow (below zero: shrink) before use.
        tolerance: regression: the smallest change of the output that counts as a flip; half a standard
            deviation of the outputs where None.

    Returns:
        A table with the columns of ``edits.parquet`` (docs/run-format.md); no rows where nothing applies.
    """
    stage = Stage(scenes, suspicions, box_margin)
    planned = jobs(stage, budget, seed, only)
    guard, table = Guard(scenes, embed), Table(scenes, tolerance)
    stream = _planned(planned, stage, seed, progress)
    while batch := list(islice(stream, BATCH)):
        pictures = np.stack([edit.picture for edit in batch])
        rows = np.asarray([edit.row for edit in batch], dtype=np.intp)
        table.add(batch, predict(pictures), guard.unusual(pictures, rows))
    return table.frame()


def _planned(planned: list[Job], stage: Stage, seed: int, progress: Progress | None) -> Iterator[Edit]:
    for done, job in enumerate(planned, start=1):
        yield from job.edits(stage, seed)
        if progress:
            progress(done, len(planned))


class Table:
    """The rows of ``edits.parquet`` as they come."""

    def __init__(self, scenes: Scenes, tolerance: float | None = None) -> None:
        self._scenes = scenes
        outputs = scenes.logits[:, 0]
        self._tolerance = tolerance if tolerance is not None else 0.5 * float(outputs.std())
        self._rows: list[dict[str, Any]] = []

    def add(self, batch: Sequence[Edit], logits: Floats, unusual: Sequence[bool] | Any) -> None:
        for edit, after, odd in zip(batch, logits, unusual, strict=True):
            moved = self._moved(edit, after) if self._scenes.regression else self._shift(edit, after)
            self._rows.append({**self._who(edit), **moved, "unusual": bool(odd)})

    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(self._rows, columns=list(COLUMNS)).astype(
            {"flipped": bool, "unusual": bool}
            | {name: float for name in COLUMNS if name.startswith("margin_")}
            | {name: float for name in ("target_before", "target_after")}
        )

    def _who(self, edit: Edit) -> dict[str, Any]:
        scenes = self._scenes
        donor = edit.donor
        return {
            "sample_id": scenes.ids[edit.row],
            "label": scenes.class_name(int(scenes.labels[edit.row])),
            "edit": edit.edit,
            "suspicion": edit.suspicion,
            "filler": edit.filler,
            "arm": edit.arm,
            "half": half_of(scenes.ids[edit.row]),
            "donor_id": None if donor is None else scenes.ids[donor],
            "donor_label": None if donor is None else scenes.class_name(int(scenes.labels[donor])),
            "target": scenes.class_name(edit.target),
        }

    def _shift(self, edit: Edit, after: Floats) -> dict[str, Any]:
        scenes = self._scenes
        both = np.stack([scenes.logits[edit.row], after])
        classes = as_classes(both, scenes.activation)
        was, now = (int(row.argmax()) for row in classes)
        lead = margins(classes, np.asarray([was, was]))
        goal = -1 if edit.target is None else edit.target
        to_target = margins(classes, np.asarray([goal, goal]))
        return {
            "predicted_before": scenes.class_name(was),
            "predicted_after": scenes.class_name(now),
            **{"margin_before": lead[0], "margin_after": lead[1]},
            **{"target_before": to_target[0], "target_after": to_target[1]},
            "flipped": was != now,
        }

    def _moved(self, edit: Edit, after: Floats) -> dict[str, Any]:
        before, now = float(self._scenes.logits[edit.row, 0]), float(after[0])
        return {
            **{"predicted_before": None, "predicted_after": None},
            **{"margin_before": before, "margin_after": now},
            **{"target_before": np.nan, "target_after": np.nan},
            "flipped": abs(now - before) > self._tolerance,
        }
