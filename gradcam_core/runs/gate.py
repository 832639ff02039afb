"""The gate: bars that a finished run has to hold, for the command ``check``, for CI and for Python."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypedDict, Unpack

import pandas as pd

from gradcam_core.base.errors import RunError
from gradcam_core.base.types import column
from gradcam_core.runs.findings import (
    FINDINGS,
    FOR_A_PERSON,
    LEVELS,
    USES,
    Finding,
    Searched,
    read_findings,
)
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_words import reliance_words

COLUMN_BARS = {
    "max_background": "background_focus",
    "max_normalized_background": "normalized_background_focus",
    "max_far_background": "far_background_focus",
    "max_border": "border_focus",
}


class Bars(TypedDict, total=False):
    """The bars besides the one on findings; None: not asked for."""

    max_background: float | None
    max_normalized_background: float | None
    max_far_background: float | None
    max_border: float | None
    min_accuracy: float | None
    max_error: float | None
    max_unreadable: float | None
    max_reliance: float | None


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        name: as on the command line, e.g. "max-background".
        holds: whether it holds; what cannot be measured does not.
        message: what was measured, in words.
    """

    name: str
    holds: bool
    message: str


@dataclass(frozen=True)
class Checked:
    """What the gate said: true where every bar holds; as text one line per bar.

    Attributes:
        run_id: of the run.
        bars: those that were asked for.
        alarms: of the run; they break no bar, but no number can be read without them.
    """

    run_id: str
    bars: tuple[Bar, ...]
    alarms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return all(bar.holds for bar in self.bars)

    def __str__(self) -> str:
        return "\n".join(f"{_word(bar)} {bar.name}: {bar.message}" for bar in self.bars)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(_word(bar))}</td><td>{escape(bar.name)}</td><td>{escape(bar.message)}</td></tr>"
            for bar in self.bars
        )
        return f"<table>{rows}</table>"


def _word(bar: Bar) -> str:
    return "ok    " if bar.holds else "BROKEN"


def check(
    run: Run | str | Path, fail_level: int | None = None, *, fine: bool = False, **bars: Unpack[Bars]
) -> Checked:
    """Hold a run against bars; the answer is true where all of them hold.

    Args:
        run: from :func:`audit` or :func:`open_run`, or the run's folder.
        fail_level: 1..4, broken by any finding of this level or above; a part of the object that answers
            hang on breaks nothing, whether they may is for a person to say.
        fine: bars on heat look at the fine maps.
        **bars: broken by a median above ``max_background``, ``max_normalized_background``,
            ``max_far_background`` or ``max_border`` (scores of those names), by an accuracy below
            ``min_accuracy``, a mean absolute error above ``max_error``, a share of unreadable samples
            above ``max_unreadable``; by a finding of level 3 or above whose cue decides a larger share of
            the answers than ``max_reliance``, or one that cannot be told.

    Raises:
        RunError: no bar at all, or the run lacks what a bar needs (findings, edits, maps, numbers).
    """
    opened = run if isinstance(run, Run) else open_redrawn(Path(run))
    found: list[Bar] = []
    if fail_level is not None:
        found.append(_findings_bar(fail_level, opened.path))
    asked = {name: float(value) for name, value in bars.items() if value is not None}  # type: ignore[arg-type]
    if (limit := asked.pop("max_reliance", None)) is not None:
        found.append(_reliance(limit, _searched(USES, opened.path).found))
    found += _table_bars(opened.table, asked, fine)
    if not found:
        raise RunError("at least one bar", "none", "add --fail-level 3 or another bar")
    return Checked(opened.id, tuple(found), tuple(opened.alarms))


def _findings_bar(level: int, run_path: Path) -> Bar:
    """A bar at level 3 holds for every model as long as nothing was edited: no pass, but an error."""
    if level not in range(1, len(LEVELS)):
        raise RunError(f"a level from 1 to {len(LEVELS) - 1}", str(level), "choose one of these")
    return _level(level, _searched(level, run_path).found)


def _searched(level: int, run_path: Path) -> Searched:
    """What was found, by a search that can reach ``level``."""
    searched, todo = read_findings(run_path), "run: python -m gradcam_core findings RUN"
    if searched is None:
        raise RunError("findings in the run", "none", todo)
    if searched.problem:
        raise RunError(f"a {FINDINGS} that can be read", searched.problem, todo)
    if level >= USES and not searched.edited:
        raise RunError(
            f"findings with edits, without which nothing reaches level {level}",
            "findings without",
            f"{todo} --edits",
        )
    return searched


def _reliance(limit: float, findings: tuple[Finding, ...]) -> Bar:
    used = [entry for entry in findings if entry.level >= USES and entry.flag not in FOR_A_PERSON]
    broken = [entry for entry in used if not entry.reliance <= limit]
    told = [f"{one.title}: {reliance_words(one) or 'how much is not known.'}" for one in broken]
    return Bar(
        f"max-reliance {limit:g}", not broken, " ".join(told) or "no cue decides more of the answers"
    )


def _table_bars(table: pd.DataFrame, asked: dict[str, float], fine: bool) -> Iterator[Bar]:
    """Every bar on the run's table that was asked for."""
    for name, score in COLUMN_BARS.items():
        if name in asked:
            yield _most(name, table, column("fine" if fine else "classic", score), asked[name])
    if (limit := asked.get("min_accuracy")) is not None:
        accuracy = float(table["correct"].dropna().astype(float).mean())
        yield _bar("min-accuracy", accuracy >= limit, accuracy, limit)
    if (limit := asked.get("max_error")) is not None:
        yield _error(table, limit)
    if (limit := asked.get("max_unreadable")) is not None:
        share = float((table["status"] == "unreadable").mean())
        yield _bar("max-unreadable", share <= limit, share, limit)


def _level(limit: int, findings: tuple[Finding, ...]) -> Bar:
    broken = [entry for entry in findings if entry.level >= limit and entry.flag not in FOR_A_PERSON]
    message = " ".join(f"{entry.title} at level {entry.level}: {entry.statement}" for entry in broken)
    return Bar(f"fail-level {limit}", not broken, message or f"no finding of level {limit} or above")


def _most(name: str, table: pd.DataFrame, score: str, limit: float) -> Bar:
    if score not in table:
        raise RunError(f"a column {score}", "not in this run", "audit with --maps both")
    median = float(table[score].median())
    return _bar(name.replace("_", "-"), median <= limit, median, limit)


def _error(table: pd.DataFrame, limit: float) -> Bar:
    if "error" not in table:
        raise RunError("a run whose answers are numbers", "classes", "use --min-accuracy")
    size = float(table["error"].abs().mean())
    return _bar("max-error", size <= limit, size, limit)


def _bar(name: str, holds: bool, value: float, limit: float) -> Bar:
    """An undefined value breaks the bar: what cannot be measured was not shown to be fine."""
    measured = f"{value:.3f}" if math.isfinite(value) else "undefined"
    return Bar(name, holds and math.isfinite(value), f"measured {measured}, bar {limit:g}")
