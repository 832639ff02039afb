"""Our maps, as an audit computes them: one pass, Grad-CAM of the classic, LayerCAM of the fine layer."""

from benchmarks.speed.ways import Job, Timed
from gradcam_core.maps.cams import CAMS
from gradcam_core.model import open_explainer
from gradcam_core.tasks.options import AuditOptions


def make(job: Job) -> Timed:
    """``job.choice``: "ENGINE classic", "ENGINE both", or "ENGINE all" (classic maps of every class)."""
    engine, maps = job.choice.split()
    options = AuditOptions(maps="both" if maps == "both" else "classic")
    explainer = open_explainer(job.model, engine=engine, maps=options.map_sets)

    def every_class(pictures):
        for start in range(0, len(pictures), job.batch):
            explainer.explain_classes(pictures[start : start + job.batch])

    def run(pictures):
        for start in range(0, len(pictures), job.batch):
            evidence = explainer.explain(pictures[start : start + job.batch]).evidence
            for name, method in options.methods.items():
                CAMS[method].compute(evidence[name])

    return every_class if maps == "all" else run
