"""The detector of a project: its network, and what it has learned so far."""

from gradcam_core.base.types import MapSet, Project
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks.visual_anomaly.explainer import Detector, MixtureDetector, OwnDetector, gives_scores
from gradcam_core.tasks.visual_anomaly.mixture import Mixtures, restored
from gradcam_core.tasks.visual_anomaly.summary import THRESHOLD as USED

__all__ = ["USED", "detector"]


def detector(project: Project, base: Explainer) -> Detector:
    """The network as a detector, with what the project has learned so far (nothing before ``taught``)."""
    threshold, arrays = project.thresholds.get(USED, float("nan")), project.learned
    if gives_scores(base.info):
        return OwnDetector(base, threshold)
    mixtures: dict[MapSet, Mixtures] = {
        name: restored({key.removeprefix(f"{name}."): value for key, value in arrays.items()})
        for name in base.layers
        if f"{name}.means" in arrays
    }
    return MixtureDetector(base, mixtures, float(arrays.get("split", 0)), threshold)
