"""What belongs together in one finding: the hints and the edit tests of one cue."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcam_core.base.intervals import adjusted
from gradcam_core.findings import statistics
from gradcam_core.findings.conclude.edit_tests import EditTest
from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import TITLES

HEAT_Q, DATA_Q = 0.05, 0.01
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Topic:
    """Everything about one cue: a flag, and a class or a suspicion where it is about one.

    Cues that every run is tested for (background, border, overall look) are one topic each: what heat says
    of one class belongs to the edit that was made in all of them, unless an edit was judged for that class.
    """

    flag: str
    label: str | None
    suspicion: str
    heat: tuple[Hint, ...] = ()
    data: tuple[Hint, ...] = ()
    harm: tuple[Hint, ...] = ()
    tests: tuple[EditTest, ...] = ()

    @property
    def cleared(self) -> bool:
        """Every edit excludes ten points: the model does not use it noticeably."""
        return bool(self.tests) and all(test.cleared for test in self.tests)

    @property
    def best(self) -> EditTest | None:
        """The test that speaks loudest: confirmed first, then the largest smallest difference."""
        return max(
            self.tests, key=lambda one: (one.confirmed, one.works, one.weakest.difference), default=None
        )


def topics(hints: Sequence[Hint], tests: Sequence[EditTest], general: Collection[str]) -> list[Topic]:
    """One per suspicion, one per flag and class for what has none; every flag at least once.

    Args:
        hints: with their q.
        tests: of the whole run.
        general: flags that every run is tested for.
    """
    alone = {(test.flag, test.label) for test in tests if test.label and not test.suspicion}
    entries: list[Hint | EditTest] = [*hints, *tests]
    grouped: dict[Key, list[Hint | EditTest]] = {(flag, "", ""): [] for flag in TITLES}
    for entry in entries:
        grouped.setdefault(_key(entry, alone, general), []).append(entry)
    return [_topic(key, part) for key, part in grouped.items()]


def _key(
    entry: Hint | EditTest, alone: Collection[tuple[str, str | None]], general: Collection[str]
) -> Key:
    if entry.flag not in general:
        return entry.flag, entry.suspicion, "" if entry.suspicion else entry.label or ""
    own = not entry.suspicion and (entry.flag, entry.label) in alone
    return entry.flag, "", entry.label or "" if own else ""


def _topic(key: Key, entries: Sequence[Hint | EditTest]) -> Topic:
    flag, suspicion, label = key
    hints = [entry for entry in entries if isinstance(entry, Hint)]
    kinds = {kind: tuple(hint for hint in hints if hint.kind == kind) for kind in ("heat", "data", "harm")}
    tests = tuple(entry for entry in entries if isinstance(entry, EditTest))
    named = {entry.label for entry in entries if entry.suspicion and entry.label}
    about = label or (named.pop() if len(named) == 1 else None)
    return Topic(flag, about or None, suspicion, kinds["heat"], kinds["data"], kinds["harm"], tests)


def adjust(hints: Sequence[Hint]) -> list[Hint]:
    """q per hint; heat, data and harm hints are one family each."""
    judged = list(hints)
    for kind in ("heat", "data", "harm"):
        rows = [index for index, hint in enumerate(hints) if hint.kind == kind]
        probabilities = [hints[index].p for index in rows]
        qs, ranks = adjusted(probabilities), statistics.ranked(probabilities)
        for index, q, rank in zip(rows, qs, ranks, strict=True):
            judged[index] = replace(
                hints[index], q=float(q), rank=int(rank), family=int(np.isfinite(probabilities).sum())
            )
    return judged


def passes(hint: Hint, limit: float) -> bool:
    """Above its practical floor, from 30 samples, q within the limit."""
    enough = hint.n >= statistics.SMALLEST_FLAG
    return bool(hint.strong and enough and not (np.isfinite(hint.p) and hint.q > limit))
