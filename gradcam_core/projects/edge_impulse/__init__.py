"""An Edge Impulse project: key in the environment, data fetched once into a folder, then as any other."""

from gradcam_core.base.extras import extra
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Project
from gradcam_core.projects import SOURCES, Source
from gradcam_core.projects.overrides import Overrides

EXTRA = "edge-impulse"


def _open(project: str, answers: Overrides, progress: Progress) -> Project:
    with extra(EXTRA, "a project at Edge Impulse"):
        from gradcam_core.projects.edge_impulse.opening import open_edge_impulse
    return open_edge_impulse(project, answers, progress)


SOURCES.add(EXTRA, Source("An Edge Impulse project", "edge-impulse (with EI_API_KEY set)", _open))
