"""Our maps, as an audit computes them: one pass, Grad-CAM of the classic, LayerCAM of the fine layer."""

from benchmarks.speed.ways import Job, Timed
from gradcam_core.maps.cams import CAMS
from gradcam_core.model import open_explainer
from gradcam_core.tasks.options import AuditOptions


def make(job: Job) -> Timed:
    """``job.choice``: "ENGINE classic" or "ENGINE both"."""
    engine, maps = job.choice.split()
    options = AuditOptions(maps=maps)
    explainer = open_explainer(job.model, engine=engine, maps=options.map_sets)

    def run(pictures):
        for start in range(0, len(pictures), job.batch):
            evidence = explainer.explain(pictures[start : start + job.batch]).evidence
            for name, method in options.methods.items():
                CAMS[method].compute(evidence[name])

    return run
