"""Did the fix work? Two runs over the same pictures, compared sample by sample and cue by cue."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from pyarrow import ArrowException

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import read_table
from gradcam_core.base.units import units_of
from gradcam_core.runs import findings
from gradcam_core.runs.compare.answers import Both, Mask, accuracies, changed, classes, shifts
from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.compare.cues import CueChange, cue_changes
from gradcam_core.runs.compare.matching import Matched, match, relabelled
from gradcam_core.runs.compare.over_time import CueHistory, histories
from gradcam_core.runs.compare.retested import read_retested
from gradcam_core.runs.compare.slices import by_background, by_suspicions
from gradcam_core.runs.content import content_hashes
from gradcam_core.runs.findings import MALFORMED, read_findings
from gradcam_core.runs.project import tolerance_of
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.store import Run
from gradcam_core.runs.suspicions import read_suspicions

Hashes = tuple[list[str], list[str]]
SEARCH = "search it: gradcam-audit findings RUN --edits"


def compare(before: Run | str | Path, after: Run | str | Path) -> Comparison:
    """Compare two runs over the same pictures: answers, scores, and what became of each cue.

    Samples are matched by the content of their pictures, whatever the files are called. Cues are compared
    by the edits that both runs made of the same samples, or by those of a re-test (``compare --retest``).

    Args:
        before: from :func:`audit` or :func:`open_run`, or the run's folder.
        after: the same of the repaired model, over the same pictures.

    Returns:
        A ``Comparison``: true where no cue is new; ``headline``, ``cues``, ``accuracy``, ``scores``,
        ``changed``, ``to_json()``.

    Raises:
        RunError: not runs, one and the same run, other tasks or classes, or no picture in common.
    """
    one, other = (run if isinstance(run, Run) else open_redrawn(Path(run)) for run in (before, after))
    check_comparable(one, other)
    return compared(one, other, (content_hashes(one), content_hashes(other)))


def compared(one: Run, other: Run, hashes: Hashes) -> Comparison:
    """:func:`compare` where the content of every row's picture is known, of the run before and after.

    Raises:
        RunError: as :func:`compare`.
    """
    matched = matched_samples(one, other, hashes)
    both = _side_by_side(one, other, matched)
    retested = read_retested(one, other)
    cues = _cues(one, other, matched)
    slices = {
        "all": np.ones(len(both.before), dtype=bool),
        **classes(both),
        **_slices(one, other, both, cues),
    }
    return Comparison(
        before=one.id,
        after=other.id,
        matched=matched,
        accuracy=tuple(accuracies(both, slices)),
        scores=tuple(shifts(both, [name for name in one.scores if _has(name, both)])),
        changed=changed(both, tolerance_of(one)),
        cues=cues,
        retested=retested is not None,
        notes=tuple(note for run in (one, other) if (note := _note(run)) and retested is None),
    )


def matched_samples(before: Run, after: Run, hashes: Hashes | None = None) -> Matched:
    """The samples that two runs have in common, by content; ``hashes`` where that is known already.

    Raises:
        RunError: as :func:`compare`.
    """
    check_comparable(before, after)
    known = hashes or (content_hashes(before), content_hashes(after))
    matched = match(before.table, after.table, known)
    if not len(matched.before):
        found = f"none of {len(before.table)} and {len(after.table)}"
        gone = f", {matched.gone} pictures gone" if matched.gone else ""
        raise RunError("two audits of the same pictures", f"{found}{gone}", "audit both on one test set")
    return matched


def check_comparable(before: Run, after: Run) -> None:
    """Two runs whose answers mean the same.

    Raises:
        RunError: one and the same run, other tasks, or other classes.
    """
    if before.path.resolve() == after.path.resolve():
        raise RunError("two runs", f"the same one twice, {before.id}", "name another one")
    if before.task != after.task:
        raise RunError("two runs of one task", f"{before.task} and {after.task}", "choose another run")
    if set(before.class_names) != set(after.class_names):
        names = " and ".join(", ".join(run.class_names) or "no classes" for run in (before, after))
        raise RunError("two runs with the same classes", names, "name the classes alike and audit again")


def _side_by_side(before: Run, after: Run, matched: Matched) -> Both:
    one = before.table.iloc[matched.before].reset_index(drop=True)
    other = after.table.iloc[matched.after].reset_index(drop=True)
    same = ~relabelled(before.table, after.table, matched.before, matched.after)
    return Both(one, other, same, units_of(one)[0])


def _has(name: str, both: Both) -> bool:
    return all(
        name in part and pd.api.types.is_numeric_dtype(part[name]) for part in (both.before, both.after)
    )


def _cues(before: Run, after: Run, matched: Matched) -> tuple[CueChange, ...]:
    if (retested := read_retested(before, after)) is not None:
        own = {name: name for name in matched.ids.values()}
        return cue_changes(retested.before, retested.after, own, retested.flags)
    tables = _edits(before), _edits(after)
    return cue_changes(*tables, matched.ids, {**_flags(before), **_flags(after)})


def over_time(runs: Sequence[Run]) -> tuple[CueHistory, ...]:
    """What each run's own edits showed of every cue; the effects are in the order of the runs.

    Raises:
        RunError: the runs' tasks or classes differ, or a table of edits cannot be read.
    """
    for run in runs[1:]:
        check_comparable(runs[0], run)
    flags = {edit: flag for run in runs for edit, flag in _flags(run).items()}
    return histories([_edits(run) for run in runs], flags)


def _edits(run: Run) -> pd.DataFrame:
    """The edit table of a run; without rows where nobody has edited its pictures."""
    try:
        table = read_table(run.path / findings.EDITS)
    except (*MALFORMED, ArrowException) as error:
        raise RunError(f"{findings.EDITS} of the run {run.id}", type(error).__name__, SEARCH) from error
    return pd.DataFrame() if table is None else table


def _flags(run: Run) -> dict[str, str]:
    """Edit -> the cue that it tests without a suspicion, as the findings of the run have it."""
    searched = read_findings(run.path)
    found = () if searched is None else searched.found
    general = (entry for entry in found if not entry.suspicion)
    return {one.edit: entry.flag for entry in general for one in entry.evidence}


def _note(run: Run) -> str:
    searched = read_findings(run.path)
    if searched is None or searched.problem or not searched.edited:
        return f"{run.id} was not searched with edits, so no cue was tested there."
    return ""


def _slices(before: Run, after: Run, both: Both, cues: tuple[CueChange, ...]) -> dict[str, Mask]:
    told = {one.suspicion for one in cues if one.status != "neither"}
    found: dict[str, Mask] = {}
    for run, table in ((after, both.after), (before, both.before)):
        found |= by_background(table, _clusters(run))
        found |= by_suspicions(table, read_suspicions(run.path), told)
    return found


def _clusters(run: Run) -> pd.DataFrame | None:
    try:
        return read_table(run.path / findings.CLUSTERS)
    except (*MALFORMED, ArrowException):
        return None
