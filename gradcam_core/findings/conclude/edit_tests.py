"""The edit table -> what the edits say. Both arms are paired on the same samples; control is subtracted.

Rules: a rate counts from 30 pairs; the smaller of an edit's fillers decides, and the largest of their p;
the confirmation half decides, so that what was searched for on one half is tested on the other.

The family of a run is every edit as a whole, every class of it from three classes on, and every
suspicion's edits: one hypothesis each, "all fillers do more than their controls", in the order of p
(Benjamini-Hochberg).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gradcam_core.base.intervals import adjusted
from gradcam_core.base.suspicion import flag_of
from gradcam_core.edits import Check
from gradcam_core.findings import statistics
from gradcam_core.findings.conclude.rates import evidence_of
from gradcam_core.runs.findings import POINTS, EditEvidence, Example
from gradcam_core.runs.pairing import pair, usual

CONFIRMED_Q = 0.02  # over all edit tests of a run: at most 2 % of clean runs may raise any level 3


@dataclass(frozen=True)
class EditTest:
    """All fillers of one edit for one flag: the hypothesis "the edit does more than its control".

    ``label`` restricts it to samples of one class. ``p`` is the largest of its fillers': that *every* one
    does more is shown where the least convincing one shows it (intersection-union test, Berger 1982), so p
    belongs to the effect it stands beside. ``q``, ``rank`` and ``family`` (place of p in the family,
    and its size) are undefined until :func:`judge` has seen it. ``complete``: every filler that was tried
    has pairs.
    """

    flag: str
    edit: str
    suspicion: str
    label: str | None
    evidence: tuple[EditEvidence, ...]
    dropped: int
    p: float
    q: float = np.nan
    rank: int = 0
    family: int = 0
    complete: bool = True

    @property
    def weakest(self) -> EditEvidence:
        """The filler with the smallest difference: the one that decides."""
        return min(self.evidence, key=lambda entry: entry.difference)

    @property
    def enough(self) -> bool:
        """30 pairs for each filler, from 20 patients or scenes where samples belong to such."""
        counts = all(
            entry.n >= statistics.SMALLEST_FLAG and entry.units >= statistics.SMALLEST_SIDE
            for entry in self.evidence
        )
        return counts and self.complete

    @property
    def disagree(self) -> bool:
        """One filler reaches ten points, clearly above zero, and another does not reach them."""
        clear = any(one.difference >= POINTS and one.interval[0] > 0 for one in self.evidence)
        return clear and self.weakest.difference < POINTS

    @property
    def works(self) -> bool:
        """Every filler at least ten points with its interval above zero; q of the edit <= 0.02."""
        clear = all(one.difference >= POINTS and one.interval[0] > 0 for one in self.evidence)
        return bool(self.enough and clear and self.q <= CONFIRMED_Q)

    @property
    def confirmed(self) -> bool:
        """It works, on samples that were not searched."""
        return self.works and all(entry.half == "confirm" for entry in self.evidence)

    @property
    def clear(self) -> bool:
        """Confirmed, with the interval of every filler above ten points."""
        return self.confirmed and all(entry.interval[0] >= POINTS for entry in self.evidence)

    @property
    def cleared(self) -> bool:
        """The interval of every filler excludes ten points: the edit shows that it does not matter."""
        return (
            self.enough
            and self.evidence[0].half == "confirm"
            and all(entry.interval[1] < POINTS for entry in self.evidence)
        )


def general_flags(checks: Mapping[str, Check]) -> frozenset[str]:
    """What every run is tested for, without a suspicion."""
    return frozenset(check.flag for check in checks.values() if check.flag)


def edit_tests(edits: pd.DataFrame, checks: Mapping[str, Check]) -> list[EditTest]:
    """Every test that the edit table allows, with q over all of them.

    Args:
        edits: columns of ``edits.parquet``; may be empty.
        checks: name -> edit, for the flag that each tests; others are left out.
    """
    found = [_test(part, flag, label) for part, flag, label in _hypotheses(edits, checks)]
    return judge([test for test in found if test is not None])


def judge(tests: Sequence[EditTest]) -> list[EditTest]:
    """The tests with Benjamini-Hochberg q over the whole family."""
    probabilities = [test.p for test in tests]
    qs, ranks = adjusted(probabilities), statistics.ranked(probabilities)
    return [
        replace(test, q=float(q), rank=int(rank), family=len(tests))
        for test, q, rank in zip(tests, qs, ranks, strict=True)
    ]


def _hypotheses(
    edits: pd.DataFrame, checks: Mapping[str, Check]
) -> Iterable[tuple[pd.DataFrame, str, str | None]]:
    """(rows, flag, label): each edit as a whole and, with three classes or more, each class of it.

    A filler "a:b" is way b of quantity a: ways have to agree, quantities are hypotheses of their own.
    """
    if edits.empty:
        return
    quantity = edits["filler"].where(edits["filler"].str.contains(":"), "").str.split(":").str[0]
    keys = ["edit", edits["suspicion"].fillna(""), quantity.rename("quantity")]
    own = {name: check.flag for name, check in checks.items()}
    for (edit, suspicion, _), part in edits.groupby(keys, sort=True):
        flag = flag_of(str(suspicion)) if suspicion else own.get(str(edit))
        if not flag:
            continue
        yield part, flag, None
        if not suspicion and part["label"].nunique() > 2:
            for label, rows in part.groupby("label", sort=True):
                if _half(rows) == "confirm":
                    yield rows, flag, str(label)


def _test(part: pd.DataFrame, flag: str, label: str | None) -> EditTest | None:
    """One hypothesis: per filler the paired rates, on the confirmation half if it is large enough."""
    half = _half(part)
    chosen = part if half == "all" else part[part["half"] == half]
    kept, dropped = usual(chosen)
    parts = [rows for _, rows in kept.groupby("filler", sort=True)]
    evidence = tuple(found for rows in parts if (found := evidence_of(rows, half)))
    if not evidence:
        return None
    return EditTest(
        flag=flag,
        edit=str(part["edit"].iloc[0]),
        suspicion=str(part["suspicion"].fillna("").iloc[0]),
        label=label,
        evidence=evidence,
        dropped=dropped,
        p=max(entry.p for entry in evidence),
        complete=len(evidence) == part["filler"].nunique(),
    )


def _half(part: pd.DataFrame) -> str:
    """``confirm`` where every filler has 30 samples there, else ``all``."""
    confirm = part[part["half"] == "confirm"]
    counts = confirm.groupby("filler")["sample_id"].nunique()
    complete = len(counts) == part["filler"].nunique()
    return "confirm" if complete and counts.min() >= statistics.SMALLEST_FLAG else "all"


def moved(edits: pd.DataFrame, test: EditTest) -> tuple[str, ...]:
    """Ids of the samples on which any filler changed the prediction and its control did not."""
    fillers = [entry.filler for entry in test.evidence]
    return tuple(sorted({one.sample_id for filler in fillers for one in _moved_by(edits, test, filler)}))


def examples(edits: pd.DataFrame, test: EditTest, count: int = 8) -> tuple[Example, ...]:
    """Samples on which the edit changed the prediction and its control did not, all of one filler.

    Of the filler whose numbers are told, the weakest; where that moved nothing, of the next one.
    """
    order = sorted(test.evidence, key=lambda entry: entry.difference)
    found = (_moved_by(edits, test, entry.filler) for entry in order)
    return next((one[:count] for one in found if one), ())


def _moved_by(edits: pd.DataFrame, test: EditTest, filler: str) -> tuple[Example, ...]:
    rows = edits[(edits["edit"] == test.edit) & (edits["suspicion"].fillna("") == test.suspicion)]
    rows = rows[rows["filler"] == filler]
    rows = rows if test.label is None else rows[rows["label"] == test.label]
    pairs = pair(rows)
    changed = set(pairs.index[pairs["edit"] & ~pairs["control"]])
    shown = rows[(rows["arm"] == "edit") & rows["sample_id"].isin(changed)].drop_duplicates("sample_id")
    columns = ["sample_id", "predicted_before", "predicted_after"]
    return tuple(
        Example(str(sample), test.edit, filler, before, after)
        for sample, before, after in shown[columns].to_numpy()
    )
