"""The detector of a demo whose model learns from normal pictures."""

import tempfile
from pathlib import Path

from gradcam_core.auditing.setup import load_model
from gradcam_core.base.types import Project
from gradcam_core.model.contract import Explainer
from gradcam_core.projects.demos.catalogue import MODELS, Demo
from gradcam_core.projects.demos.drawing import write_normal
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.model_check import input_spec
from gradcam_core.tasks.options import AuditOptions


def demo_detector(demo: Demo) -> Explainer:
    """The shipped backbone with the mixture and threshold that an audit of the demo learns."""
    with tempfile.TemporaryDirectory() as folder:
        write_normal(Path(folder), demo)
        project = Project(demo.name, Path(folder), demo.classes, (), MODELS / demo.model, task=demo.task)
        network = load_model(project, AuditOptions(engine="tensorflow"))
        return TASKS[demo.task].taught(project, network, input_spec(project, network.info))[1]
