"""A whole audit from files to a run folder, everything after the model is ready."""

import tempfile
from pathlib import Path

from benchmarks.speed.ways import Job, Timed
from gradcam_core.auditing.pipeline import audited, ready
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks.options import AuditOptions


def make(job: Job) -> Timed:
    """``job.choice`` is the folder."""
    setup = ready(open_project(job.choice, Overrides(model=job.model)), AuditOptions(batch_size=job.batch))

    def run(pictures):
        with tempfile.TemporaryDirectory() as runs:
            done = len(audited(setup, Path(runs)).table)
        if done != len(pictures):
            raise RuntimeError(f"{done} pictures audited, {len(pictures)} expected")

    return run
