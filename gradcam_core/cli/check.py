"""check RUN: bars for your own CI; exit 1 when one is broken."""

import argparse
import math
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.base.errors import RunError
from gradcam_core.runs.findings import FINDINGS, LEVELS, Finding, read_findings, read_json
from gradcam_core.runs.store import open_run
from gradcam_core.runs.summary import alarms

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEEDS_EDITS = 3
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
    for name, column in COLUMN_BARS.items():
        option = "--" + name.replace("_", "-")
        parser.add_argument(option, type=float, metavar="X", help=f"broken by a median {column} above X")
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
    if args.fail_level is not None:
        _searched(args.fail_level, opened.path)
    said = alarms(opened.manifest)
    for text in said:
        print(f"ALARM: {text}", file=sys.stderr)
    found = list(bars(args, opened.table, read_findings(opened.path)))
    if not found:
        raise RunError("at least one bar", "none", "add --fail-level 3 or another bar")
    for bar in found:
        print(f"{'ok    ' if bar.holds else 'BROKEN'} {bar.name}: {bar.message}")
    if args.junit:
        write_junit(args.junit, opened.id, found, said)
    return 0 if all(bar.holds for bar in found) else 1


def _searched(level: int, run_path: Path) -> None:
    """A bar at level 3 holds for every model as long as nothing was edited: no pass, but an error."""
    facts = read_json(run_path / FINDINGS)
    if facts is not None and level >= NEEDS_EDITS and not facts.get("edits"):
        raise RunError(
            f"findings with edits, without which nothing reaches level {level}",
            "findings without",
            "run: python -m gradcam_core findings RUN --edits",
        )


def bars(args: argparse.Namespace, table: pd.DataFrame, findings: list[Finding] | None) -> Iterator[Bar]:
    """Every bar that was asked for."""
    if args.fail_level is not None:
        if findings is None:
            raise RunError("findings in the run", "none", "run: python -m gradcam_core findings RUN")
        yield _level(args.fail_level, findings)
    for name, column in COLUMN_BARS.items():
        limit = getattr(args, name)
        if limit is not None:
            yield _most(name, table, ("fine_" if args.fine else "") + column, limit)
    if args.min_accuracy is not None:
        accuracy = float(table["correct"].dropna().astype(float).mean())
        yield _bar("min-accuracy", accuracy >= args.min_accuracy, accuracy, args.min_accuracy)
    if args.max_error is not None:
        yield _error(table, args.max_error)
    if args.max_unreadable is not None:
        share = float((table["status"] == "unreadable").mean())
        yield _bar("max-unreadable", share <= args.max_unreadable, share, args.max_unreadable)


def _level(limit: int, findings: list[Finding]) -> Bar:
    broken = [entry for entry in findings if entry.level >= limit]
    message = " ".join(f"{entry.title} at level {entry.level}: {entry.statement}" for entry in broken)
    return Bar(f"fail-level {limit}", not broken, message or f"no finding of level {limit} or above")


def _most(name: str, table: pd.DataFrame, column: str, limit: float) -> Bar:
    if column not in table:
        raise RunError(f"a column {column}", "not in this run", "audit with --maps both")
    median = float(table[column].median())
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


def write_junit(path: Path, suite: str, found: list[Bar], loud: Sequence[str] = ()) -> None:
    """One test case per bar, in the form that CI servers read: testsuites, testsuite, testcase, failure.

    What is ``loud`` of the whole run becomes the suite's system-err.
    """
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
    if loud:
        ET.SubElement(one, "system-err").text = _legal("\n".join(loud))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise RunError(f"a JUnit file at {path}", str(error.strerror or error), "choose another") from error


def _legal(text: str) -> str:
    """Class names come from folders: what XML 1.0 does not allow becomes a question mark in a box."""
    return ILLEGAL.sub("\ufffd", text)
