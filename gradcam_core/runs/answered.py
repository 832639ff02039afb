"""Answers of a report that was read elsewhere -> acts on its run; what does not fit is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gradcam_core.base.errors import RunError
from gradcam_core.base.text import short
from gradcam_core.runs.content import file_hash
from gradcam_core.runs.pictures import root_of
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import contents

if TYPE_CHECKING:
    from gradcam_core.runs.reviews.acts import Act

ROW = "row:"  # how a report without names calls its samples


@dataclass(frozen=True)
class Answered:
    """Acts that fit the run, and for each that does not why it is left out."""

    acts: tuple["Act", ...]
    left_out: Mapping[str, str]


def answered(run: Run, answers: Any) -> Answered:
    """Hold the answers of a report against the run they were given on.

    Args:
        run: the run that the report was made of.
        answers: the parsed ``answers.json``.

    Raises:
        AuditError: the file is not of this form.
        RunError: a report of another run, or the run's pictures may not be read.
    """
    from gradcam_core.runs.reviews.answers import acts_of

    given = acts_of(answers, run.name)
    if answers.get("run") != run.id:
        raise RunError(
            f"answers on the run {run.id}", short(answers.get("run")), "name the run they are on"
        )
    table, root = run.table, root_of(run)
    paths = dict(zip(table["sample_id"].astype(str), table["path"].astype(str), strict=True))
    ids = list(paths)
    fitting: list[Act] = []
    left_out: dict[str, str] = {}
    for act in given:
        name = _sample(act.sample, ids)
        if name not in paths:
            left_out[act.sample] = "no sample of this run"
        elif file_hash(root, paths[name]) != act.hash:
            left_out[act.sample] = "its picture is another one now, or cannot be read"
        else:
            fitting.append(replace(act, sample=name))
    now = contents(run, table, [act.sample for act in fitting])
    return Answered(tuple(replace(act, hash=now[act.sample]) for act in fitting), left_out)


def _sample(said: str, ids: list[str]) -> str:
    """The id behind "row:17"; what is called otherwise is an id already."""
    number = said.removeprefix(ROW)
    if said.startswith(ROW) and number.isascii() and number.isdigit() and len(number) < 12:
        return ids[int(number)] if int(number) < len(ids) else ""
    return said
