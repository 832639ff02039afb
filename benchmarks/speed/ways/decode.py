"""Reading, decoding and fitting the pictures of a folder, and nothing else, as an audit does it."""

from benchmarks.speed.ways import Job, Timed
from gradcam_core.model import inspect_model
from gradcam_core.prepare import prepare
from gradcam_core.sources import Overrides, open_project
from gradcam_core.understand import input_spec


def make(job: Job) -> Timed:
    """``job.choice`` is the folder."""
    project = open_project(job.choice, Overrides(model=job.model))
    spec = input_spec(project, inspect_model(job.model))

    def run(pictures):
        done = sum(len(batch.inputs) for batch in prepare(project, spec, [(32, 32)], job.batch))
        if done != len(pictures):
            raise RuntimeError(f"{done} pictures decoded, {len(pictures)} expected")

    return run
