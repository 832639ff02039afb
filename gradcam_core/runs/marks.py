"""What a run says of each sample, in a few words that fit beside the sample in another program."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, nan

import pandas as pd

from gradcam_core.base.types import column
from gradcam_core.runs.findings import LEVELS, Finding, read_findings
from gradcam_core.runs.report.inline import shown_maps
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import has_reviews, verdicts
from gradcam_core.tasks.wording import spoken

FOCUS = "background_focus"


@dataclass(frozen=True)
class Marks:
    """What is known of one sample.

    Attributes:
        focus: background focus, 0..1: the highest of the sample's rows; NaN without one.
        finding: the strongest finding that names the sample, with its level; "" without one.
        verdicts: what people say of the sample now, each word once, in alphabetical order.
    """

    focus: float = nan
    finding: str = ""
    verdicts: tuple[str, ...] = ()


def marks_of(run: Run) -> dict[str, Marks]:
    """Sample id -> its marks, for every row of a run.

    Raises:
        AuditError: the run is damaged, or the database of verdicts cannot be reached.
    """
    searched = read_findings(run.path)
    found = searched.found if searched else ()
    name = column(shown_maps(run), FOCUS)
    focus = run.table.get(name, pd.Series(nan, index=run.table.index))
    strongest, said = _strongest(found, run.task), _verdicts(run, found)
    return {
        str(sample): Marks(float(value), strongest.get(str(sample), ""), said.get(str(sample), ()))
        for sample, value in zip(run.table["sample_id"], focus.astype(float), strict=True)
    }


def merged(marks: Iterable[Marks]) -> Marks:
    """Of several rows of one sample (objects, windows): the highest focus, the first finding, all words."""
    every = list(marks)
    focus = [one.focus for one in every if isfinite(one.focus)]
    words = {word for one in every for word in one.verdicts}
    finding = next((one.finding for one in every if one.finding), "")
    return Marks(max(focus, default=nan), finding, tuple(sorted(words)))


def _strongest(found: Iterable[Finding], task: str) -> dict[str, str]:
    """Findings come strongest first, so the first that names a sample is the one."""
    said: dict[str, str] = {}
    for one in (one for one in found if one.level):
        words = f"{spoken(one.title, task)}, level {one.level} ({LEVELS[one.level]})"
        for sample in one.samples:
            said.setdefault(sample, words)
    return said


def _verdicts(run: Run, found: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    if not has_reviews(run):
        return {}
    table = verdicts(run, found)[0]
    words = defaultdict[str, set[str]](set)
    for row in table[(table["kind"] == "sample") & (table["verdict"] != "")].to_dict("records"):
        words[str(row["sample_id"])].add(str(row["verdict"]))
    return {sample: tuple(sorted(several)) for sample, several in words.items()}
