"""check RUN: bars for your own CI; exit 1 when one is broken."""

import argparse
import sys
from pathlib import Path
from typing import Any

from gradcam_core.cli._say import say
from gradcam_core.runs.findings import LEVELS
from gradcam_core.runs.gate import COLUMN_BARS, Bars, check
from gradcam_core.runs.report.junit import write_junit


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
    parser.add_argument(
        "--max-reliance",
        type=float,
        metavar="X",
        help="broken by a cue that decides a larger share of answers",
    )
    parser.add_argument("--fine", action="store_true", help="bars on heat look at the fine maps")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the result as JUnit XML")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    bars: Any = {name: getattr(args, name) for name in Bars.__annotations__}
    checked = check(args.path, args.fail_level, fine=args.fine, **bars)
    for said in checked.alarms:
        say(f"ALARM: {said}", sys.stderr)
    say(str(checked))
    if args.junit:
        write_junit(args.junit, checked)
    return 0 if checked else 1
