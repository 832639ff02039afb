"""Hints and edit tests -> findings with levels. The only place that decides a level.

Level 1 heat, 2 the cue is available in the data, 3 an edit did more than its control, 4 samples
that contradict the cue are worse. An edit whose interval excludes ten points takes a hint back to
level 1: available, not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.findings import statistics, wording
from gradcam_core.findings.evidence import CONFIRMED_Q, EditTest, edit_tests, examples, moved
from gradcam_core.findings.finding import TITLES, UNDEFINED, Finding
from gradcam_core.findings.material import Hint

HEAT_Q, DATA_Q = 0.05, 0.01
REGION_EDITS = ("background-swap", "background-neutralise", "object-removal", "noise")
ABOUT_MAPS = ("untrustworthy-maps", "empty-maps")
REGION_FLAGS = ("background", "same-place", "errors-elsewhere")


@dataclass(frozen=True)
class Topic:
    """Everything about one flag, one class and one suspicion."""

    flag: str
    label: str | None
    suspicion: str
    heat: tuple[Hint, ...] = ()
    data: tuple[Hint, ...] = ()
    harm: tuple[Hint, ...] = ()
    tests: tuple[EditTest, ...] = ()


@dataclass(frozen=True)
class Context:
    """What holds for the whole run."""

    edits: pd.DataFrame
    estimated: bool
    trusted: bool
    edited: bool


def conclude(
    hints: Sequence[Hint], edits: pd.DataFrame, estimated: bool = False, trusted: bool = True
) -> list[Finding]:
    """Findings, strongest first; every flag occurs at least once (level 0 says what was missed).

    Args:
        hints: from discovery and the availability probes.
        edits: columns of ``edits.parquet``, possibly without rows.
        estimated: regions are estimates.
        trusted: the maps passed the trust checks; if not, heat alone flags nothing.
    """
    context = Context(edits, estimated, trusted, not edits.empty)
    topics = _topics(_adjust(hints), edit_tests(edits))
    found = [_finding(topic, context) for topic in topics]
    found = [entry for entry in found if entry.level > 0 or not entry.suspicion] or found
    return sorted(_one_zero_per_flag(found), key=lambda entry: (-entry.level, -_size(entry)))


def _adjust(hints: Sequence[Hint]) -> list[Hint]:
    """q per hint; heat and data hints are one family each."""
    adjusted = list(hints)
    for kind in ("heat", "data", "harm"):
        rows = [index for index, hint in enumerate(hints) if hint.kind == kind]
        qs = statistics.adjusted([hints[index].p for index in rows])
        for index, q in zip(rows, qs, strict=True):
            adjusted[index] = replace(hints[index], q=float(q))
    return adjusted


def _topics(hints: Sequence[Hint], tests: Sequence[EditTest]) -> list[Topic]:
    """One topic per suspicion, and one per flag and class for what has no suspicion."""
    keys: dict[tuple[str, str, str], str | None] = {(flag, "", ""): None for flag in TITLES}
    entries: list[Hint | EditTest] = [*hints, *tests]
    for entry in entries:
        label = "" if entry.suspicion else entry.label or ""
        keys.setdefault((entry.flag, entry.suspicion, label), entry.label)
    return [
        Topic(
            flag,
            label,
            suspicion,
            heat=_pick(hints, "heat", (flag, suspicion, label)),
            data=_pick(hints, "data", (flag, suspicion, label)),
            harm=_pick(hints, "harm", (flag, suspicion, label)),
            tests=tuple(t for t in tests if _matches(t, (flag, suspicion, label))),
        )
        for (flag, suspicion, _), label in keys.items()
    ]


def _pick(hints: Sequence[Hint], kind: str, key: tuple[str, str, str | None]) -> tuple[Hint, ...]:
    return tuple(hint for hint in hints if hint.kind == kind and _matches(hint, key))


def _matches(entry: Hint | EditTest, key: tuple[str, str, str | None]) -> bool:
    flag, suspicion, label = key
    if entry.flag != flag or entry.suspicion != suspicion:
        return False
    return bool(suspicion) or entry.label == label


def _passes(hint: Hint, limit: float) -> bool:
    enough = hint.n >= statistics.SMALLEST_FLAG
    return bool(hint.strong and enough and not (np.isfinite(hint.p) and hint.q > limit))


def _best(tests: Sequence[EditTest]) -> EditTest | None:
    """The test that speaks loudest: confirmed first, then the largest smallest difference."""
    ranked = sorted(tests, key=lambda test: (test.confirmed, test.works, test.weakest.difference))
    return ranked[-1] if ranked else None


def _finding(topic: Topic, context: Context) -> Finding:
    believed = context.trusted or topic.flag in ABOUT_MAPS
    heat = [hint for hint in topic.heat if believed and _passes(hint, HEAT_Q)]
    data = [hint for hint in topic.data if _passes(hint, DATA_Q)]
    test = _best(topic.tests)
    level = max(1 if heat else 0, 2 if data else 0)
    if topic.tests and all(entry.cleared for entry in topic.tests):
        level = min(level, 1)
    exploratory = bool(test and test.works and not test.confirmed)
    if exploratory:
        level = max(level, 2)
    if test and test.confirmed:
        harm = [hint for hint in topic.harm if _passes(hint, HEAT_Q)]
        level = 4 if harm else 3
    level = _capped(level, topic, test, context)
    finding = _describe(topic, test, heat or data or list(topic.heat or topic.data))
    finding = replace(
        finding,
        level=level,
        exploratory=exploratory,
        estimated=context.estimated and topic.flag in REGION_FLAGS,
        examples=examples(context.edits, test) if test and level >= 2 else (),
        samples=finding.samples or (moved(context.edits, test) if test and level >= 2 else ()),
    )
    return replace(
        finding, statement=wording.statement(finding, (*heat, *data), topic.harm, context.edited)
    )


def _capped(level: int, topic: Topic, test: EditTest | None, context: Context) -> int:
    """Estimated regions: level 1, unless an edit that needs no region confirmed it."""
    if not context.estimated or topic.flag not in REGION_FLAGS:
        return level
    free = bool(test and test.confirmed and test.edit not in REGION_EDITS)
    return level if free else min(level, 1)


def _describe(topic: Topic, test: EditTest | None, hints: Sequence[Hint]) -> Finding:
    """The numbers: those of the edit where there was one, else those of the strongest hint."""
    shown = max(hints, key=lambda hint: hint.kind == "heat", default=None)
    base = Finding(topic.flag, 0, topic.label, suspicion=topic.suspicion)
    if shown is not None:
        base = replace(
            base,
            label=topic.label or shown.label,
            effect=shown.effect,
            interval=shown.interval,
            n=shown.n,
            q=shown.q,
            measure=shown.measure,
            cells=shown.cells,
            grid=shown.grid,
            samples=shown.samples,
            smallest=shown.smallest,
        )
    return base if test is None else replace(base, **_numbers(topic, test))


def _numbers(topic: Topic, test: EditTest) -> dict[str, Any]:
    weakest = test.weakest
    control_only = max(weakest.control_rate * (1 - weakest.edit_rate), 1 / max(weakest.n, 1))
    return {
        "effect": weakest.difference,
        "interval": weakest.interval if weakest.n else UNDEFINED,
        "n": weakest.n,
        "q": test.q,
        "measure": "edit minus control, share of predictions",
        "evidence": tuple(entry for one in topic.tests for entry in one.evidence),
        "smallest": statistics.smallest_difference(weakest.n, control_only, CONFIRMED_Q),
        "details": {"left_out_as_unusual": sum(one.dropped for one in topic.tests), "edit": test.edit},
    }


def _one_zero_per_flag(found: Sequence[Finding]) -> list[Finding]:
    """Level 0 only for flags that nothing else speaks about, and once."""
    kept = [entry for entry in found if entry.level > 0]
    for flag in TITLES:
        if not any(entry.flag == flag for entry in kept):
            silent = [entry for entry in found if entry.flag == flag]
            kept.append(max(silent, key=lambda entry: (entry.label is None, entry.n)))
    return kept


def _size(finding: Finding) -> float:
    return abs(finding.effect) if np.isfinite(finding.effect) else 0.0
