"""audit PROJECT: predictions, maps and scores of every test sample, written as a run."""

import argparse
import json
import sys
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base import paths
from gradcam_core.base.extras import extra
from gradcam_core.base.progress import Progress, terminal
from gradcam_core.base.types import Project
from gradcam_core.cli._audit_options import add_option_arguments, read_options
from gradcam_core.cli._project import add_project_arguments, read_project
from gradcam_core.cli._say import say
from gradcam_core.cli._told import tell
from gradcam_core.findings.investigate import investigate
from gradcam_core.model.contract import Explainer
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import by_studio, quantised_sentences, studio_sentences

LISTED = 20  # unreadable samples that are listed on the terminal


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("audit", help=__doc__)
    add_project_arguments(parser)
    add_option_arguments(parser)
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.add_argument(
        "--find",
        action="store_true",
        help="search the run for shortcuts by edits, with the model that is open",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    many = parser.add_argument_group("more than one machine (see docs/scaling.md)")
    many.add_argument("--cluster", metavar="ADDRESS", help="of a Ray cluster, or auto")
    many.add_argument("--parts", metavar="URL", help="where its machines put parts (default: RUNS/.parts)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    make = _auditor(args)
    found: list[Finding] = []
    with terminal(args.progress) as progress:

        def then(run: Run, explainer: Explainer | None) -> None:
            if args.find:
                found.extend(
                    investigate(
                        run.path, progress=progress, explainer=explainer, trust_code=args.trust_code
                    )
                )

        done = make(read_project(args, progress), progress, then)
    _list_problems(done)
    if args.json:
        print(
            json.dumps(
                summary(done) | ({"findings": [one.to_json() for one in found]} if args.find else {})
            )
        )
        return 0
    if args.find:
        tell(done.path, found)
    print(f"run: {done.path}")
    return 0


Then = Callable[[Run, Explainer | None], None]


def _auditor(args: argparse.Namespace) -> Callable[[Project, Progress, Then], Run]:
    """An audit here or on a cluster; what that would lack is said before anything is read."""
    options, runs = read_options(args), args.runs or paths.runs_dir()
    if not args.cluster:
        return lambda project, progress, then: audit(project, options, runs, progress, then)
    with extra("cluster", "--cluster"):
        from gradcam_core.auditing import cluster
    where = cluster.Cluster(args.cluster, args.parts)

    def on_cluster(project: Project, progress: Progress, then: Then) -> Run:
        run = cluster.audit_on_cluster(project, options, runs, where, progress)
        then(run, None)
        return run

    return on_cluster


def summary(done: Run) -> dict[str, Any]:
    """What ``--json`` prints."""
    correct = done.table["correct"].dropna()
    return {
        "run": str(done.path),
        **done.counts,
        "accuracy": float(correct.mean()) if len(correct) else None,
        **_by_studio(done),
        **_errors(done),
        "alarms": done.alarms,
        "warnings": [fact["warning"] for fact in done.facts if fact["warning"]],
        **done.manifest["timing"],
    }


def _by_studio(done: Run) -> dict[str, float | int]:
    """Of classes with a threshold or from Edge Impulse: counted as Studio counts."""
    count = by_studio(done.table, done.manifest)
    if count is None or not count.n:
        return {}
    return {"studio_accuracy": count.accuracy, "studio_f1": count.f1, "uncertain": count.uncertain}


def _errors(done: Run) -> dict[str, float | None]:
    """Of answers that are numbers; there "accuracy" is the share within the tolerance."""
    if "absolute_error" not in done.table:
        return {}
    mean = done.table["absolute_error"].mean()
    return {"mean_absolute_error": None if isnan(mean) else float(mean)}


def _list_problems(done: Run) -> None:
    for sentences in (studio_sentences, quantised_sentences):
        for sentence in sentences(done.table, done.manifest):
            say(sentence, sys.stderr)
    for fact in done.facts:
        if fact["warning"]:
            kind = "ALARM" if fact["alarm"] else "warning"
            say(f"{kind}: {fact['warning']}", sys.stderr)
    bad = done.table[done.table["status"] != "ok"]
    for _, row in bad.head(LISTED).iterrows():
        say(f"{row['status']}: {row['path']} {row['reason']}".rstrip(), sys.stderr)
    if len(bad) > LISTED:
        print(f"… and {len(bad) - LISTED} more, see the Overview page", file=sys.stderr)
