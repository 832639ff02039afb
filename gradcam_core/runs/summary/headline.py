"""What an audit found, in the one sentence that every page, report and command shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gradcam_core.base.intervals import Accuracy, accuracy
from gradcam_core.base.text import percent
from gradcam_core.base.types import MapSet
from gradcam_core.runs.findings import LEVELS, USES, Finding, Searched
from gradcam_core.runs.summary.hints import MORE, focus_sentence
from gradcam_core.runs.summary.limits import grid_warning
from gradcam_core.runs.summary.verdict import ranked, verdict
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.wording import spoken

NOT_TESTED = "Not tested yet: nobody has searched this audit for what the model should not use."


@dataclass(frozen=True)
class Headline:
    """What an audit found; as text the whole of it.

    Attributes:
        said: the strongest finding, that nothing was found, or that nothing was tested; never less than
            the findings say.
        short: the same for places that draw the numbers of ``strongest`` beside it.
        answers: how right the answers are, with n.
        heat: what the heat alone says about the classes.
        strongest: the finding that ``said`` begins with; None where there is none above level 0.
        level: the highest level among all findings; None before a search.
    """

    said: str
    short: str
    answers: str
    heat: str
    strongest: Finding | None = None
    level: int | None = None

    @property
    def level_said(self) -> str:
        """'level 3: the model uses it', 'nothing seen' or 'not tested yet'."""
        if self.level is None:
            return "not tested yet"
        return f"level {self.level}: {LEVELS[self.level]}" if self.level else LEVELS[0]

    def __str__(self) -> str:
        return " ".join(part for part in (self.said, self.answers, self.heat) if part)


def headline(
    table: pd.DataFrame,
    manifest: Mapping[str, Any],
    searched: Searched | None = None,
    map_set: MapSet = "classic",
) -> Headline:
    """The sentences of a run.

    Args:
        table, manifest: of the run.
        searched: what :func:`~gradcam_core.runs.findings.read_findings` gives; None before a search.
        map_set: whose heat is spoken of.
    """
    task = str(manifest.get("project", {}).get("task", "classification"))
    heat = focus_sentence(table, map_set, grid_warning(manifest, map_set) is not None)
    found = () if searched is None else searched.found
    order = [entry for entry in ranked(found) if entry.level]
    level = max((entry.level for entry in found), default=0)
    if level >= USES and MORE not in heat:
        heat = f"The heat alone does not tell: {heat[0].lower()}{heat[1:]}"
    return Headline(
        said=spoken(_said(searched), task),
        short=spoken(_said(searched, with_numbers=False), task),
        answers=answer_sentence(table, manifest),
        heat=spoken(heat, task),
        strongest=order[0] if order else None,
        level=None if searched is None or searched.problem else level,
    )


def _said(searched: Searched | None, with_numbers: bool = True) -> str:
    if searched is None:
        return NOT_TESTED
    if searched.problem:
        return f"Not known: {searched.problem}. Search again to replace it."
    return verdict(searched.found, searched.edited, with_numbers)


def answer_sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """What the run's task says of all answers; by default accuracy, and how many are uncertain."""
    name = str(manifest.get("project", {}).get("task", "classification"))
    sentence = TASKS[name].sentence if name in TASKS else None
    if sentence is not None:
        return sentence(table, manifest)
    return f"{accuracy_sentence(accuracy(table))}{one_answer_sentence(table)}{uncertain_sentence(table)}"


def one_answer_sentence(table: pd.DataFrame) -> str:
    """' Every sample is called “cat”: …' where several classes were to be told apart; else empty."""
    answers = table["predicted"].dropna().unique()
    if len(answers) != 1 or table["label"].nunique() < 2:
        return ""
    return f" Every sample is called “{answers[0]}”: the model tells nothing apart."


def uncertain_sentence(table: pd.DataFrame) -> str:
    """' 12 answers are uncertain: …', empty where no answer is."""
    count = int((table["outcome"] == "uncertain").sum()) if "outcome" in table else 0
    are = "1 labelled answer is" if count == 1 else f"{count:,} labelled answers are"
    why = "less confident than the block's threshold, whatever class it names"
    return f" {are} uncertain: {why}." if count else ""


def accuracy_sentence(found: Accuracy) -> str:
    """'Accuracy 93 % (88–96, n 412).' or why there is none."""
    if found.n == 0:
        return "Accuracy unknown: no sample has both a label and a prediction."
    numbers = f"{percent(found.low)}–{percent(found.high)}, n {found.n:,}"
    are = "sample is" if found.unlabelled == 1 else "samples are"
    left = f" {found.unlabelled:,} unlabelled {are} not in it." if found.unlabelled else ""
    return f"Accuracy {percent(found.value)} % ({numbers}).{left}"
