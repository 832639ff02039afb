"""What a run has to say in Studio: from its marks to the changes of the project's samples."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from gradcam_core.base.errors import AuditError
from gradcam_core.base.progress import Progress
from gradcam_core.projects.edge_impulse.back.calls import list_standing
from gradcam_core.projects.edge_impulse.back.changes import PREFIX, Change, Wish, changes_of
from gradcam_core.projects.edge_impulse.back.door import ID, number_of
from gradcam_core.projects.edge_impulse.back.writing import Writer
from gradcam_core.runs.marks import Marks, marks_of, merged
from gradcam_core.runs.store import Run

CATEGORIES = ("training", "testing", "validation", "post-processing")


@dataclass(frozen=True)
class Request:
    """What is asked for beside the metadata: verdicts to disable, and verdict -> category to move to."""

    disable: tuple[str, ...] = ()
    move: Mapping[str, str] = field(default_factory=dict)


def planned(opened: Run, asked: Request, writer: Writer, progress: Progress) -> list[Change]:
    """The changes that make Studio say what the run says; what is gone is said in ``writer.left``.

    Raises:
        AuditError: the run's samples have no number there, or nobody gave a verdict that is asked for.
        SourceError: a call failed.
    """
    marks = _by_number(opened)
    _check(asked, marks.values())
    wishes = {number: _wish(one, asked, opened.id) for number, one in marks.items()}
    standing = list_standing(writer.client, writer.project, progress)
    writer.left |= {number: "no longer in the project" for number in wishes if number not in standing}
    return list(changes_of(standing, wishes))


def _by_number(opened: Run) -> Mapping[str, Marks]:
    """Marks by the sample's number in Studio; several rows of one sample are one."""
    rows = defaultdict[str, list[Marks]](list)
    if ID in opened.table:
        marks = marks_of(opened)
        for sample, name in zip(opened.table["sample_id"], opened.table[ID], strict=True):
            if number := number_of(str(name)):
                rows[number].append(marks[str(sample)])
    if not rows:
        raise AuditError(
            "a run of samples that were fetched from Edge Impulse one by one",
            f"{opened.name}, whose samples have no number there",
            "audit the project with `audit edge-impulse` (without --via export) and write that run back",
        )
    return {number: merged(several) for number, several in rows.items()}


def _wish(one: Marks, asked: Request, run_id: str) -> Wish:
    said = {
        "background_focus": f"{one.focus:.2f}" if isfinite(one.focus) else "",
        "finding": one.finding,
        "verdict": ", ".join(one.verdicts),
        "run": run_id,
    }
    metadata = {f"{PREFIX}{key}": value for key, value in said.items() if value}
    to = next((asked.move[word] for word in one.verdicts if word in asked.move), None)
    return Wish(metadata, to, True if set(asked.disable) & set(one.verdicts) else None)


def _check(asked: Request, marks: Iterable[Marks]) -> None:
    """A word that nobody used is more likely a slip than a wish for nothing."""
    given = sorted({word for one in marks for word in one.verdicts})
    for word in (*asked.disable, *asked.move):
        if word not in given:
            wanted = "a verdict that somebody gave on a sample of this run"
            raise AuditError(
                wanted, repr(word), f"choose out of: {', '.join(given) or 'none is given yet'}"
            )
    for category in asked.move.values():
        if category not in CATEGORIES:
            raise AuditError(f"a category out of {', '.join(CATEGORIES)}", repr(category), "correct --move")
