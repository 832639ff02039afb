"""jobs: audits and searches started from the pages: waiting, running, done, and how they ended."""

import argparse
import json
from datetime import timedelta
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.jobs import Job, cancel, forget, get_job, list_jobs
from gradcam_core.cli._say import say


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("jobs", help=__doc__)
    parser.add_argument("--stop", metavar="ID", help="end a job that waits or runs")
    parser.add_argument("--forget", metavar="ID", help="take a job that has ended off the list")
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.stop:
        cancel(_named(args.stop, going=True))
    if args.forget:
        forget(_named(args.forget, going=False))
    found = list_jobs()
    if args.json:
        print(json.dumps([_facts(job) for job in found]))
        return 0
    for job in found:
        say(f"{job.started}  {job.state:<9} {job.kind:<8} {job.project}\n    {_said(job)}  {job.id}")
    if not found:
        print("no jobs; the Analyse page starts them")
    return 0


def _named(job_id: str, going: bool) -> Job:
    job = get_job(job_id)
    if job is None or job.going != going:
        wanted = "a job that waits or runs" if going else "a job that has ended"
        raise AuditError(wanted, "no such job" if job is None else f"one that is {job.state}", "see `jobs`")
    return job


def _said(job: Job) -> str:
    """How far it is, or how it ended, in words."""
    if job.state == "queued":
        return f"waits for {job.before} before it"
    if job.state == "done":
        return f"run: {job.run_id}" if job.run_id else "done"
    if not job.going:
        return "" if job.state == "cancelled" else job.error
    now = job.progress
    if now is None:
        return "starting"
    rate = f", {now.rate:.1f} per second" if now.rate else ""
    left = f", {timedelta(seconds=round(now.seconds_left))} left" if now.seconds_left is not None else ""
    return f"{now.stage}: {now.done:,} of {now.total:,}{rate}{left}"


def _facts(job: Job) -> dict[str, Any]:
    now = job.progress
    return {
        "id": job.id,
        "kind": job.kind,
        "project": job.project,
        "state": job.state,
        "started": job.started,
        "before": job.before,
        "progress": vars(now) if now is not None else None,
        "run": job.run_id,
        "error": job.error if job.state in ("failed", "vanished") else "",
    }
