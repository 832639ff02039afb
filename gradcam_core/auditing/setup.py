"""Project and model opened together, checked against each other: all that an audit needs to start."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gradcam_core.auditing.input_choice import with_input
from gradcam_core.auditing.picture_rules import with_picture_rules
from gradcam_core.auditing.quantised import open_quantised
from gradcam_core.base.errors import OpenSizeError, ProjectError, SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.logits import predicted_class
from gradcam_core.base.types import Floats, InputSpec, Project
from gradcam_core.images import picture_size
from gradcam_core.model import open_explainer
from gradcam_core.model.contract import Explainer, Network
from gradcam_core.tasks import TASKS, classes_of
from gradcam_core.tasks.model_check import input_spec, with_model_facts
from gradcam_core.tasks.options import AuditOptions

LOOKED_AT = 64  # pictures from which a size is suggested


@dataclass(frozen=True)
class Setup:
    """A project with what its model adds to the facts, and the model ready to explain.

    ``quantised`` is the same network in few bits, asked beside it where the project has one.
    """

    project: Project
    options: AuditOptions
    explainer: Explainer
    spec: InputSpec
    quantised: Explainer | None = None


def set_up(project: Project, options: AuditOptions) -> Setup:
    """Load the project's model, check that both fit together, add what was understood to the facts.

    Raises:
        ProjectError, ModelError: no model, no samples, or model and project do not fit together.
    """
    if not project.samples:
        raise ProjectError(f"test pictures below {project.root}", "none", "give their folder with --images")
    network, task = open_network(project, options), TASKS[project.task]
    explainer = task.wrapped(project, network)
    project = with_model_facts(task.fitted(project, explainer.info), explainer.info)
    input_spec(project, explainer.info)  # refuses what is no model of pictures before any picture is read
    project = with_input(project, network, explainer, partial(_with_picture_rules, explainer))
    spec = input_spec(project, explainer.info)
    project, explainer = task.taught(task.listed(project, explainer, spec), explainer, spec)
    quantised = open_quantised(project, options, explainer.info)
    return Setup(project, task.chosen(options, explainer), explainer, spec, quantised)


def _with_picture_rules(explainer: Explainer, project: Project) -> Project:
    """How files become pictures, asked of the labels where the answers are classes."""
    info, judged = explainer.info, TASKS[project.task].probed and TASKS[project.task].classes

    def predict(inputs: Floats) -> NDArray[np.intp]:
        return predicted_class(explainer.predict(inputs), info.activation)

    return with_picture_rules(project, info, predict if judged else None)


def load_model(project: Project, options: AuditOptions) -> Explainer:
    """As :func:`open_network`, the way the project's task reads it."""
    return TASKS[project.task].wrapped(project, open_network(project, options))


def open_network(project: Project, options: AuditOptions) -> Network:
    """The project's model cut at the layers that the options choose.

    Raises:
        ProjectError, ModelError: there is none, or it cannot be explained.
    """
    if project.model_path is None:
        raise ProjectError(
            f"a model in {project.root}",
            "no .keras, .h5, .onnx, .tflite or SavedModel",
            "give it with --model",
        )
    try:
        return open_explainer(
            project.model_path,
            classic=options.layer,
            fine=options.fine_layer,
            engine=options.engine,
            trust_code=options.trust_code,
            maps=options.map_sets,
            classes=classes_of(project),
            output=options.output,
            size=options.size,
        )
    except OpenSizeError as error:
        height, width = _usual_size(project)
        raise OpenSizeError(
            error.expected,
            error.found,
            "give the size that the network was trained on; most pictures here would suggest "
            f"--input-size={height}x{width}",
        ) from error


def _usual_size(project: Project) -> tuple[int, int]:
    """(height, width) that most of the pictures looked at have; 224×224 where none could be read."""
    sizes: Counter[tuple[int, int]] = Counter()
    for sample in project.samples[:: max(1, len(project.samples) // LOOKED_AT)][:LOOKED_AT]:
        with suppress(SampleError):
            sizes[picture_size(inside(project.root, sample.path))] += 1
    return sizes.most_common(1)[0][0] if sizes else (224, 224)
