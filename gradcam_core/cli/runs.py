"""runs: the finished audits, newest first."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.cli._say import say
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.store import survey
from gradcam_core.runs.summary import headline


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("runs", help=__doc__)
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found, damaged = survey(args.runs or paths.runs_dir())
    for name, error in damaged.items():
        say(f"cannot be opened: {name}: expected {error.expected}; found {error.found}", sys.stderr)
    if args.json:
        print(json.dumps([{"run": str(one.path), **one.manifest} for one in found]))
        return 0
    for one in found:
        counts = one.counts
        try:
            said = headline(one.table, one.manifest, read_findings(one.path), one.map_sets[0]).said
        except AuditError as error:
            said = f"not readable: expected {error.expected}; found {error.found}"
        say(f"{one.created}  {counts['samples']:>7} samples  {one.path}\n    {said}")
    if not found:
        print("no runs yet; make one with: python -m gradcam_core audit demo:pets")
    return 0
