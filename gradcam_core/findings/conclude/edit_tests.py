"""The edit table -> what the edits say. Both arms are paired on the same samples; control is subtracted.

Rules: a rate counts from 30 pairs; the smaller of an edit's fillers decides; all
fillers must point the same way; the confirmation half decides, so that what was searched for on one
half is tested on the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gradcam_core.base.suspicion import flag_of
from gradcam_core.edits import Check
from gradcam_core.findings import statistics
from gradcam_core.findings.conclude.pairing import outcome_name, pair
from gradcam_core.runs.findings import POINTS, EditEvidence, Example

CONFIRMED_Q = 0.02  # over all edit tests of a run: at most 2 % of clean runs may raise any level 3
MANY_UNUSUAL = 0.5  # more than this share left out: then the guard itself cannot be believed


@dataclass(frozen=True)
class EditTest:
    """All fillers of one edit for one flag: the hypothesis "the edit does more than its control".

    ``label`` restricts it to samples of one class. ``p`` is that of all fillers together (sign test of
    each sample's balance); it keeps the promise about false alarms, while every filler has to reach
    ten points by itself. ``q`` is NaN until :func:`judge` has seen the family. ``complete``: every filler
    that was tried has pairs.
    """

    flag: str
    edit: str
    suspicion: str
    label: str | None
    evidence: tuple[EditEvidence, ...]
    dropped: int
    p: float
    q: float = np.nan
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
    def works(self) -> bool:
        """Every filler at least ten points with its interval above zero; q of all together <= 0.02."""
        clear = all(one.difference >= POINTS and one.interval[0] > 0 for one in self.evidence)
        return bool(self.enough and clear and self.q <= CONFIRMED_Q)

    @property
    def confirmed(self) -> bool:
        """It works, on samples that were not searched."""
        return self.works and all(entry.half == "confirm" for entry in self.evidence)

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
    qs = statistics.adjusted([test.p for test in tests])
    return [replace(test, q=float(q)) for test, q in zip(tests, qs, strict=True)]


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
    kept, dropped = _usual(chosen)
    edit, suspicion = str(part["edit"].iloc[0]), part["suspicion"].fillna("").iloc[0]
    parts = {str(filler): rows for filler, rows in kept.groupby("filler", sort=True)}
    pairs = {filler: found for filler, rows in parts.items() if len(found := pair(rows))}
    if not pairs:
        return None
    outcome = outcome_name(part)
    evidence = tuple(_rates(rows, edit, filler, outcome, half) for filler, rows in pairs.items())
    return EditTest(
        flag=flag,
        edit=edit,
        suspicion=str(suspicion),
        label=label,
        evidence=evidence,
        dropped=dropped,
        p=_sign_test(pd.concat(pairs.values())),
        complete=len(pairs) == part["filler"].nunique(),
    )


def _sign_test(pairs: pd.DataFrame) -> float:
    """One-sided, over units (samples, or patients): more often edit than control."""
    balance = pairs["edit"].astype(int) - pairs["control"].astype(int)
    total = balance.groupby(pairs["unit"]).sum().to_numpy()
    return statistics.mcnemar(total > 0, total < 0)


def _half(part: pd.DataFrame) -> str:
    """``confirm`` where every filler has 30 samples there, else ``all``."""
    confirm = part[part["half"] == "confirm"]
    counts = confirm.groupby("filler")["sample_id"].nunique()
    complete = len(counts) == part["filler"].nunique()
    return "confirm" if complete and counts.min() >= statistics.SMALLEST_FLAG else "all"


def _usual(part: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Without pairs of which one picture lies too far from real ones, and how many those are.

    A filler of which most pairs are unusual keeps them all: there the guard says nothing.
    """
    strange = part.groupby(["sample_id", "filler"])["unusual"].transform("any").astype(bool)
    believed = strange.groupby(part["filler"]).transform("mean") <= MANY_UNUSUAL
    left_out = strange & believed
    return part[~left_out], int(part[left_out].drop_duplicates(["sample_id", "filler"]).shape[0])


def _rates(pairs: pd.DataFrame, edit: str, filler: str, outcome: str, half: str) -> EditEvidence:
    first, second = pairs["edit"].to_numpy(dtype=bool), pairs["control"].to_numpy(dtype=bool)
    units = pairs["unit"].nunique()
    interval = (
        statistics.paired_interval(first, second)
        if units == len(pairs)
        else statistics.resampled_interval(
            first.astype(float) - second.astype(float), pairs["unit"], seed=0
        )
    )
    return EditEvidence(
        edit=edit,
        filler=filler,
        outcome=outcome,
        n=len(pairs),
        edit_rate=float(first.mean()),
        control_rate=float(second.mean()),
        difference=float(first.mean() - second.mean()),
        interval=interval,
        p=_sign_test(pairs),
        half=half,
        units=units,
    )


def moved(edits: pd.DataFrame, test: EditTest) -> tuple[str, ...]:
    """Ids of the samples on which the edit changed the prediction and its control did not."""
    return tuple(sorted({example.sample_id for example in examples(edits, test, count=len(edits))}))


def examples(edits: pd.DataFrame, test: EditTest, count: int = 8) -> tuple[Example, ...]:
    """Samples on which the edit changed the prediction and its control did not."""
    rows = edits[(edits["edit"] == test.edit) & (edits["suspicion"].fillna("") == test.suspicion)]
    rows = rows[rows["filler"].isin([entry.filler for entry in test.evidence])]
    rows = rows if test.label is None else rows[rows["label"] == test.label]
    found: list[Example] = []
    columns = ["sample_id", "predicted_before", "predicted_after"]
    for filler, part in rows.groupby("filler", sort=True):
        pairs = pair(part)
        changed = set(pairs.index[pairs["edit"] & ~pairs["control"]])
        shown = part[(part["arm"] == "edit") & part["sample_id"].isin(changed)]
        found += [
            Example(str(sample), test.edit, str(filler), before, after)
            for sample, before, after in shown.drop_duplicates("sample_id")[columns].to_numpy()
        ]
    return tuple(found[:count])
