"""audit PROJECT: predictions, maps and scores of every test sample, written as a run."""

import argparse
import json
import sys
from math import isnan
from pathlib import Path
from typing import Any

from gradcam_core.audit.pipeline import audit
from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.progress import FileProgress, Progress, TerminalProgress, together
from gradcam_core.base.types import Project
from gradcam_core.cli._audit_options import add_option_arguments, read_options
from gradcam_core.cli._project import add_project_arguments, read_project
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import alarms

LISTED = 20  # unreadable samples that are listed on the terminal


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("audit", help=__doc__)
    add_project_arguments(parser)
    add_option_arguments(parser)
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    many = parser.add_argument_group("more than one machine (see docs/scaling.md)")
    many.add_argument("--cluster", metavar="ADDRESS", help="of a Ray cluster, or auto")
    many.add_argument("--parts", metavar="URL", help="where its machines put parts (default: RUNS/.parts)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    terminal = TerminalProgress()
    listeners: list[Progress] = [terminal]
    if args.progress:
        listeners.append(FileProgress(args.progress))
    try:
        progress = together(*listeners)
        project = read_project(args, progress)
        done = _audit(args, project, progress)
    finally:
        terminal.close()
    _list_problems(done)
    print(json.dumps(summary(done)) if args.json else f"run: {done.path}")
    return 0


def _audit(args: argparse.Namespace, project: Project, progress: Progress) -> Run:
    options, runs = read_options(args), args.runs or paths.runs_dir()
    if not args.cluster:
        return audit(project, options, runs, progress)
    try:
        from gradcam_core.audit import cluster
    except ImportError as error:
        todo = "pip install -r requirements-cluster.txt"
        raise AuditError("Ray, which --cluster needs", str(error), todo) from error
    where = cluster.Cluster(args.cluster, args.parts)
    return cluster.audit_on_cluster(project, options, runs, where, progress)


def summary(done: Run) -> dict[str, Any]:
    """What ``--json`` prints."""
    correct = done.table["correct"].dropna()
    return {
        "run": str(done.path),
        **done.manifest["counts"],
        "accuracy": float(correct.mean()) if len(correct) else None,
        **_errors(done),
        "alarms": alarms(done.manifest),
        "warnings": [fact["warning"] for fact in done.manifest["facts"] if fact["warning"]],
        **done.manifest["timing"],
    }


def _errors(done: Run) -> dict[str, float | None]:
    """Of answers that are numbers; there "accuracy" is the share within the tolerance."""
    if "absolute_error" not in done.table:
        return {}
    mean = done.table["absolute_error"].mean()
    return {"mean_absolute_error": None if isnan(mean) else float(mean)}


def _list_problems(done: Run) -> None:
    for fact in done.manifest["facts"]:
        if fact["warning"]:
            kind = "ALARM" if fact["alarm"] else "warning"
            print(f"{kind}: {fact['warning']}", file=sys.stderr)
    bad = done.table[done.table["status"] != "ok"]
    for _, row in bad.head(LISTED).iterrows():
        print(f"{row['status']}: {row['path']} {row['reason']}".rstrip(), file=sys.stderr)
    if len(bad) > LISTED:
        print(f"… and {len(bad) - LISTED} more, see the Overview page", file=sys.stderr)
