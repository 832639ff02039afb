"""demo NAME: draw a built-in demo project with known truth, and with --audit all its findings."""

import argparse
from collections.abc import Sequence
from typing import Any

from gradcam_core.auditing.door import audit
from gradcam_core.base import paths
from gradcam_core.base.progress import terminal
from gradcam_core.base.types import Project
from gradcam_core.findings.door import find
from gradcam_core.projects.demos.catalogue import DEMOS
from gradcam_core.projects.door import open_project
from gradcam_core.runs import findings
from gradcam_core.runs.store import Run, list_runs


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("demo", help=__doc__)
    parser.add_argument("name", help=f"all, or one of: {', '.join(DEMOS)}")
    parser.add_argument("--audit", action="store_true", help="audit it too, unless that was done before")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    for name in DEMOS if args.name == "all" else (args.name,):
        project = open_project(f"demo:{name}").project
        print(f"{name}: {len(project.samples)} samples in {project.root}")
        if not args.audit:
            print(f"audit it with: python -m gradcam_core audit demo:{name}")
        else:
            done = existing(project, list_runs(paths.runs_dir()))
            print(f"run: {(done or audit_and_investigate(project)).path}")
    return 0


def existing(project: Project, runs: Sequence[Run]) -> Run | None:
    """The newest run of this very project that has its findings, or None."""
    for one in runs:
        if one.root == project.root and (one.path / findings.FINDINGS).is_file():
            return one
    return None


def audit_and_investigate(project: Project) -> Run:
    """Maps and scores, then edits and findings."""
    with terminal() as progress:
        done = audit(project, progress)
        find(done, progress=progress)
    return done
