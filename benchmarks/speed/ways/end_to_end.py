"""A whole audit from files to a run folder; what is timed is everything after the model is ready."""

import tempfile
from pathlib import Path

from benchmarks.speed.ways import Job, Timed
from gradcam_core.options import AuditOptions
from gradcam_core.pipeline import audit
from gradcam_core.sources import Overrides, open_project


def make(job: Job) -> Timed:
    """``job.choice`` is the folder. The timed call returns its own seconds."""
    project = open_project(job.choice, Overrides(model=job.model))
    options = AuditOptions(batch_size=job.batch)

    def run(pictures):
        with tempfile.TemporaryDirectory() as runs:
            document = audit(project, options, Path(runs)).manifest
        return len(pictures) / document["timing"]["images_per_second"]

    return run
