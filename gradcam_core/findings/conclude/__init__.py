"""Hints and edit tests -> findings with levels. The only place that decides a level.

Level 1 heat, 2 the cue is available in the data, 3 an edit did more than its control, 4 samples
that contradict the cue are worse. An edit whose interval excludes ten points takes heat back to level 0
and an available cue to level 1: available, not used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from gradcam_core.edits import Check
from gradcam_core.findings import statistics
from gradcam_core.findings.conclude import wording
from gradcam_core.findings.conclude.beside_marks import HeldEdits, beside_marks
from gradcam_core.findings.conclude.edit_tests import (
    CONFIRMED_Q,
    EditTest,
    edit_tests,
    examples,
    general_flags,
    moved,
)
from gradcam_core.findings.conclude.folding import folded
from gradcam_core.findings.conclude.reliance import reliance
from gradcam_core.findings.conclude.topics import DATA_Q, HEAT_Q, Topic, adjust, passes, topics
from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import TITLES, UNDEFINED, EditEvidence, Finding

ABOUT_MAPS = ("untrustworthy-maps", "empty-maps")
REGION_FLAGS = ("background", "same-place", "errors-elsewhere", "part")


@dataclass(frozen=True)
class Context:
    """What holds for the whole run."""

    edits: pd.DataFrame
    checks: Mapping[str, Check]
    estimated: bool
    trusted: bool
    edited: bool
    regions: bool
    number: str = ""
    sources: Mapping[str, int] = field(default_factory=dict)


def conclude(  # noqa: PLR0913 - each holds for the whole run
    hints: Sequence[Hint],
    edits: pd.DataFrame,
    *,
    checks: Mapping[str, Check],
    estimated: bool = False,
    trusted: bool = True,
    regions: bool = True,
    number: str = "",
    sources: Mapping[str, int] | None = None,
    held: HeldEdits | None = None,
) -> list[Finding]:
    """Findings, strongest first; every flag occurs at least once (level 0 says what was missed).

    Args:
        hints: from discovery and the availability probes.
        edits: columns of ``edits.parquet``, possibly without rows.
        checks: name -> edit: what each tests, and what making it is called.
        estimated: regions are estimates.
        trusted: the maps passed the trust checks; if not, heat alone flags nothing.
        regions: there are regions, so that the look of the object is told from the look of the picture.
        number: what the model answers with where that is a number ("anomaly score", "output").
        sources: where regions come from ("mask", "estimated", "none", ...) -> number of samples.
        held: the background edits once more, with the confirmed marks left as they were; None: not made.
    """
    context = Context(
        edits,
        checks,
        estimated=estimated,
        trusted=trusted,
        edited=not edits.empty,
        regions=regions,
        number=number,
        sources=sources or {},
    )
    told = topics(adjust(hints), edit_tests(edits, checks), general_flags(checks))
    found = [_finding(topic, context) for topic in told]
    found = found if held is None else beside_marks(found, edits, held)
    found = [entry for entry in found if entry.level > 0 or not entry.suspicion] or found
    return _one_zero_per_flag(folded(found, checks))


def _finding(topic: Topic, context: Context) -> Finding:
    believed = context.trusted or topic.flag in ABOUT_MAPS
    heat = [hint for hint in topic.heat if believed and passes(hint, HEAT_Q)]
    data = [hint for hint in topic.data if passes(hint, DATA_Q)]
    harm = [hint for hint in topic.harm if passes(hint, HEAT_Q)]
    test = topic.best
    level = _capped(_level(topic, heat, data, harm), topic, test, context)
    finding = _describe(topic, test, heat or data or list(topic.heat or topic.data))
    finding = replace(
        finding,
        level=level,
        exploratory=bool(test and test.works and not test.confirmed),
        estimated=context.estimated and topic.flag in REGION_FLAGS,
        examples=examples(context.edits, test) if test and level >= 2 else (),
        samples=finding.samples or (moved(context.edits, test) if test and level >= 2 else ()),
        details={
            **finding.details,
            "available": bool(data),
            "cleared": topic.cleared,
            **_regions(topic, test, context),
        },
    )
    said = wording.statement(
        finding, (*heat, *data), harm, edited=context.edited, checks=context.checks, number=context.number
    )
    return replace(finding, statement=said)


def _regions(topic: Topic, test: EditTest | None, context: Context) -> dict[str, Any]:
    """From what regions a finding was made: source -> samples; nothing where none was needed."""
    needed = topic.flag in REGION_FLAGS or bool(test and context.checks[test.edit].needs_region)
    return {"regions": dict(context.sources)} if needed and context.sources else {}


def _level(topic: Topic, heat: Sequence[Hint], data: Sequence[Hint], harm: Sequence[Hint]) -> int:
    """Of what passed its own rules, before any cap."""
    test = topic.best
    if test and test.confirmed:
        return 4 if harm else 3
    if test and test.works:
        return 2
    if topic.cleared:
        return 1 if data else 0
    return max(1 if heat else 0, 2 if data else 0)


def _capped(level: int, topic: Topic, test: EditTest | None, context: Context) -> int:
    """Estimated regions: level 1, unless two witnesses agree. No region: a look of the whole picture cannot
    be told from that of the object, level 2."""
    if topic.flag == "global-look" and not context.regions:
        return min(level, 2)
    if topic.flag == "global-look" and context.edited and not topic.tests:
        return min(level, 1)  # the edit found nothing that object and background of a class share
    if not context.estimated or topic.flag not in REGION_FLAGS:
        return level
    return level if _two_witnesses(topic, context) else min(level, 1)


def _two_witnesses(topic: Topic, context: Context) -> bool:
    """An edit along estimated regions is clear (every interval above ten points), and one that needs no
    region confirms it. Wrong estimates alone may move many answers of a model that looks at the object."""
    by_region, free = (
        [one for one in topic.tests if context.checks[one.edit].needs_region is needs]
        for needs in (True, False)
    )
    return any(one.clear for one in by_region) and any(one.confirmed for one in free)


def _describe(topic: Topic, test: EditTest | None, hints: Sequence[Hint]) -> Finding:
    """The numbers: those of the edit where there was one, else those of the strongest hint."""
    shown = max(hints, key=lambda hint: hint.kind == "heat", default=None)
    base = Finding(topic.flag, 0, topic.label, suspicion=topic.suspicion)
    if shown is not None:
        base = replace(
            base,
            label=topic.label or (None if topic.tests else shown.label),
            effect=shown.effect,
            interval=shown.interval,
            n=shown.n,
            q=shown.q,
            measure=shown.measure,
            cells=shown.cells,
            grid=shown.grid,
            samples=shown.samples,
            smallest=shown.smallest,
            details=_family(shown.kind, shown.rank, shown.family),
        )
    return base if test is None else replace(base, **_numbers(topic, test))


def _numbers(topic: Topic, test: EditTest) -> dict[str, Any]:
    """Everything from one and the same edit: the deciding one, its weakest filler first."""
    weakest, evidence = test.weakest, _evidence(topic, test)
    share, interval = reliance(evidence)
    control_only = max(weakest.control_rate * (1 - weakest.edit_rate), 1 / max(weakest.n, 1))
    return {
        "effect": weakest.difference,
        "interval": weakest.interval if weakest.n else UNDEFINED,
        "n": weakest.n,
        "q": test.q,
        "measure": "edit minus control, share of predictions",
        "evidence": evidence,
        "reliance": share,
        "reliance_interval": interval,
        "smallest": statistics.smallest_difference(weakest.n, control_only, CONFIRMED_Q),
        "details": {
            "left_out_as_unusual": sum(one.dropped for one in topic.tests),
            "edit": test.edit,
            "fillers": len(test.evidence),
            "sufficient": any(one.confirmed and one.edit == "patch-insertion" for one in topic.tests),
            "disagree": test.disagree,
            **_family("edits", test.rank, test.family),
        },
    }


def _family(name: str, rank: int, tests: int) -> dict[str, Any]:
    """Which tests a q was corrected over; nothing where there was no test."""
    return {"family": {"name": name, "rank": rank, "tests": tests}} if rank else {}


def _evidence(topic: Topic, test: EditTest) -> tuple[EditEvidence, ...]:
    first = sorted(test.evidence, key=lambda entry: entry is not test.weakest)
    rest = [entry for one in topic.tests if one is not test for entry in one.evidence]
    return (*first, *rest)


def _one_zero_per_flag(found: Sequence[Finding]) -> list[Finding]:
    """Level 0 only for flags that nothing else speaks about, and once."""
    kept = [entry for entry in found if entry.level > 0]
    for flag in TITLES:
        if not any(entry.flag == flag for entry in kept):
            silent = [entry for entry in found if entry.flag == flag]
            kept.append(max(silent, key=lambda entry: (entry.label is None, entry.n)))
    return kept
