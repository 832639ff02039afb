"""runs: the finished audits, newest first."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.store import list_runs
from gradcam_core.runs.summary import headline


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("runs", help=__doc__)
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found = list_runs(args.runs or paths.runs_dir())
    if args.json:
        print(json.dumps([{"run": str(one.path), **one.manifest} for one in found]))
        return 0
    for one in found:
        counts = one.counts
        said = headline(one.table, one.manifest, read_findings(one.path), one.map_sets[0]).said
        print(f"{one.created}  {counts['samples']:>7} samples  {one.path}\n    {said}")
    if not found:
        print("no runs yet; make one with: python -m gradcam_core audit demo:pets")
    return 0
