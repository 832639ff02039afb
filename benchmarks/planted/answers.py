"""What any tool says of the licence's projects, as a table; and how right it is.

A file of answers is CSV with the columns ``project, cue, place, level, strength``: one row per cue that the
tool names, and one with an empty cue, level 0, for a project of which it says nothing. ``cue`` is a flag of
this audit (``background``, ``fixed-marker``, ...) or the tool's own word, ``place`` where it is, in words,
``level`` 0 to 4 (an alarm from 3 on), ``strength`` a number that grows with the suspicion.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from benchmarks.planted.figures import Share, auc, rank_correlation, share
from benchmarks.planted.results import Result
from gradcam_core.runs.findings import USES


@dataclass(frozen=True)
class Answer:
    """One row of a file of answers."""

    project: str
    cue: str
    place: str
    level: int
    strength: float


@dataclass(frozen=True)
class Score:
    """How right a tool is over the projects of a truth.

    Attributes:
        hits: alarms on projects whose measured reliance is 0.85 or more.
        named: the same, with a cue that fits what was planted.
        false_alarms: alarms on projects whose measured reliance is below 0.10.
        area: under the ROC curve of strength, reliant against clean.
        ranks: Spearman's correlation of strength and measured reliance over all projects.
        unanswered: projects without a row, which count as silence.
    """

    hits: Share
    named: Share
    false_alarms: Share
    area: float
    ranks: float
    unanswered: int


def of_row(result: Result) -> list[Answer]:
    """What this audit said of one project."""
    strength, found = float(result.row["strength"]), result.row["tested"]
    if not found:
        return [Answer(result.case, "", "", 0, strength)]
    return [
        Answer(result.case, one["flag"], one["suspicion"], int(one["level"]), _strength(one["effect"]))
        for one in found
    ]


def _strength(effect: float | None) -> float:
    return 0.0 if effect is None else float(effect)


def write(path: Path, answers: Iterable[Answer]) -> None:
    """A file of answers; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Answer)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in answers)


def read(path: Path) -> list[Answer]:
    """The answers of a file.

    Raises:
        ValueError: a column is missing, or a level or strength is no number; the line is named.
    """
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        wanted = [one.name for one in fields(Answer)]
        if missing := [name for name in wanted if name not in (reader.fieldnames or [])]:
            raise ValueError(f"{path.name}: expected the columns {', '.join(wanted)}; no {missing[0]}")
        return [_answer(row, path.name, line) for line, row in enumerate(reader, start=2)]


def _answer(row: Mapping[str, str], name: str, line: int) -> Answer:
    try:
        level, strength = int(row["level"]), float(row["strength"])
    except (TypeError, ValueError):
        raise ValueError(f"{name}, line {line}: expected numbers for level and strength") from None
    if not 0 <= level <= 4:
        raise ValueError(f"{name}, line {line}: expected a level from 0 to 4, found {level}")
    return Answer(row["project"], row["cue"], row["place"], level, strength)


def score(truth: Sequence[Result], said: Iterable[Answer]) -> Score:
    """Hold a tool's answers against the measured reliance of the projects.

    Raises:
        ValueError: an answer on a project that the truth does not know.
    """
    rows: dict[str, list[Answer]] = {result.case: [] for result in truth}
    for one in said:
        if one.project not in rows:
            raise ValueError(f"no project is called {one.project!r} in these runs")
        rows[one.project].append(one)
    alarms = {name: {one.cue for one in found if one.level >= USES} for name, found in rows.items()}
    strengths = {name: max((one.strength for one in found), default=0.0) for name, found in rows.items()}
    reliant = [result for result in truth if result.band == "reliant"]
    clean = [result for result in truth if result.band == "clean"]
    return Score(
        hits=share([bool(alarms[r.case]) for r in reliant]),
        named=share([bool(alarms[r.case] & set(r.row["flags"])) for r in reliant]),
        false_alarms=share([bool(alarms[r.case]) for r in clean]),
        area=auc([strengths[r.case] for r in reliant], [strengths[r.case] for r in clean]),
        ranks=rank_correlation([strengths[r.case] for r in truth], [r.reliance for r in truth]),
        unanswered=sum(not found for found in rows.values()),
    )
