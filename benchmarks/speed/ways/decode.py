"""Reading, decoding and fitting the pictures of a folder, and nothing else, as an audit does it."""

from benchmarks.speed.ways import Job, Timed
from gradcam_core.images.batches import prepare
from gradcam_core.images.medium import PICTURES
from gradcam_core.model import inspect_model
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks.model_check import input_spec


def make(job: Job) -> Timed:
    """``job.choice`` is the folder."""
    project = open_project(job.choice, Overrides(model=job.model))
    spec = input_spec(project, inspect_model(job.model))

    def run(pictures):
        done = sum(len(batch.inputs) for batch in prepare(project, spec, [(32, 32)], job.batch, PICTURES))
        if done != len(pictures):
            raise RuntimeError(f"{done} pictures decoded, {len(pictures)} expected")

    return run
