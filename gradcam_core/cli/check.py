"""check RUN: bars for your own CI; exit 1 when one is broken."""

import argparse
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.base.errors import RunError
from gradcam_core.base.types import column
from gradcam_core.runs.findings import FINDINGS, LEVELS, USES, Finding, Searched, read_findings
from gradcam_core.runs.store import open_run

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLUMN_BARS = {
    "max_background": "background_focus",
    "max_normalized_background": "normalized_background_focus",
    "max_far_background": "far_background_focus",
    "max_border": "border_focus",
}


@dataclass(frozen=True)
class Bar:
    """One bar: its name, whether it holds, and what was measured."""

    name: str
    holds: bool
    message: str


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("check", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument(
        "--fail-level", type=int, choices=range(1, len(LEVELS)), metavar="1..4",
        help="broken by any finding of this level or above (needs `findings RUN` first)",
    )  # fmt: skip
    for name, score in COLUMN_BARS.items():
        option = "--" + name.replace("_", "-")
        parser.add_argument(option, type=float, metavar="X", help=f"broken by a median {score} above X")
    parser.add_argument("--min-accuracy", type=float, metavar="X", help="broken by an accuracy below X")
    parser.add_argument(
        "--max-error", type=float, metavar="X", help="broken by a mean absolute error above X (regression)"
    )
    parser.add_argument("--max-unreadable", type=float, metavar="X", help="broken by a larger share")
    parser.add_argument("--fine", action="store_true", help="bars on heat look at the fine maps")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the result as JUnit XML")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    opened = open_run(args.path)
    searched = read_findings(opened.path)
    if args.fail_level is not None and searched is not None:
        _usable(args.fail_level, searched)
    found = list(bars(args, opened.table, None if searched is None else searched.found))
    if not found:
        raise RunError("at least one bar", "none", "add --fail-level 3 or another bar")
    for bar in found:
        print(f"{'ok    ' if bar.holds else 'BROKEN'} {bar.name}: {bar.message}")
    if args.junit:
        write_junit(args.junit, opened.id, found)
    return 0 if all(bar.holds for bar in found) else 1


def _usable(level: int, searched: Searched) -> None:
    """A bar at level 3 holds for every model as long as nothing was edited: no pass, but an error."""
    if searched.problem:
        todo = "run: python -m gradcam_core findings RUN"
        raise RunError(f"a {FINDINGS} that can be read", searched.problem, todo)
    if level >= USES and not searched.edited:
        raise RunError(
            f"findings with edits, without which nothing reaches level {level}",
            "findings without",
            "run: python -m gradcam_core findings RUN --edits",
        )


def bars(
    args: argparse.Namespace, table: pd.DataFrame, findings: tuple[Finding, ...] | None
) -> Iterator[Bar]:
    """Every bar that was asked for."""
    if args.fail_level is not None:
        if findings is None:
            raise RunError("findings in the run", "none", "run: python -m gradcam_core findings RUN")
        yield _level(args.fail_level, findings)
    for name, score in COLUMN_BARS.items():
        limit = getattr(args, name)
        if limit is not None:
            yield _most(name, table, column("fine" if args.fine else "classic", score), limit)
    if args.min_accuracy is not None:
        accuracy = float(table["correct"].dropna().astype(float).mean())
        yield _bar("min-accuracy", accuracy >= args.min_accuracy, accuracy, args.min_accuracy)
    if args.max_error is not None:
        yield _error(table, args.max_error)
    if args.max_unreadable is not None:
        share = float((table["status"] == "unreadable").mean())
        yield _bar("max-unreadable", share <= args.max_unreadable, share, args.max_unreadable)


def _level(limit: int, findings: tuple[Finding, ...]) -> Bar:
    broken = [entry for entry in findings if entry.level >= limit]
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


def write_junit(path: Path, suite: str, found: list[Bar]) -> None:
    """One test case per bar, in the form that CI servers read: testsuites, testsuite, testcase, failure."""
    broken = sum(not bar.holds for bar in found)
    counts = {"tests": str(len(found)), "failures": str(broken), "errors": "0", "time": "0"}
    root = ET.Element("testsuites", {"name": "gradcam_core.check", **counts})
    one = ET.SubElement(root, "testsuite", {"name": _legal(suite), "skipped": "0", **counts})
    for bar in found:
        name = _legal(bar.name)
        case = ET.SubElement(one, "testcase", classname="gradcam_core.check", name=name, time="0")
        said = _legal(bar.message)
        if bar.holds:
            ET.SubElement(case, "system-out").text = said
        else:
            ET.SubElement(case, "failure", message=said, type="BarBroken").text = said
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise RunError(f"a JUnit file at {path}", str(error.strerror or error), "choose another") from error


def _legal(text: str) -> str:
    """Class names come from folders: what XML 1.0 does not allow becomes a question mark in a box."""
    return ILLEGAL.sub("\ufffd", text)
