"""Project and model opened together, checked against each other: all that an audit needs to start."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from gradcam_core.base.errors import OpenSizeError, ProjectError, SampleError
from gradcam_core.base.types import Fact, InputSpec, Project, Sample
from gradcam_core.images.batches import load_sample
from gradcam_core.images.reading import picture_size
from gradcam_core.model import open_explainer
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.model_check import better_fit, class_predictor, input_spec, with_model_facts
from gradcam_core.tasks.options import AuditOptions

PROBED = 64  # labelled samples on which other scalings and class orders are tried


@dataclass(frozen=True)
class Setup:
    """A project with what its model adds to the facts, and the model ready to explain."""

    project: Project
    options: AuditOptions
    explainer: Explainer
    spec: InputSpec


def set_up(project: Project, options: AuditOptions) -> Setup:
    """Load the project's model, check that both fit together, add what was understood to the facts.

    Raises:
        ProjectError, ModelError: no model, no samples, or model and project do not fit together.
    """
    if not project.samples:
        raise ProjectError(f"test pictures below {project.root}", "none", "give their folder with --images")
    explainer, task = load_model(project, options), TASKS[project.task]
    project = with_model_facts(task.fitted(project, explainer.info), explainer.info)
    spec = input_spec(project, explainer.info)
    project, explainer = task.taught(task.listed(project, explainer, spec), explainer, spec)
    setup = Setup(project, task.chosen(options, explainer), explainer, spec)
    return _with_better_fits(setup) if task.probed else setup


def load_model(project: Project, options: AuditOptions) -> Explainer:
    """The project's model cut at the layers that the options choose.

    Raises:
        ProjectError, ModelError: there is none, or it cannot be explained.
    """
    if project.model_path is None:
        raise ProjectError(
            f"a model in {project.root}", "no .h5, .keras or SavedModel", "give it with --model"
        )
    task = TASKS[project.task]
    try:
        explainer = open_explainer(
            project.model_path,
            classic=options.layer,
            fine=options.fine_layer,
            engine=options.engine,
            trust_code=options.trust_code,
            maps=options.map_sets,
            classes=len(project.class_names) or None if task.classes else None,
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
    return task.wrapped(project, explainer)


def _usual_size(project: Project) -> tuple[int, int]:
    """(height, width) that most of the pictures looked at have; 224×224 where none could be read."""
    sizes: Counter[tuple[int, int]] = Counter()
    for sample in project.samples[:: max(1, len(project.samples) // PROBED)][:PROBED]:
        with suppress(SampleError):
            sizes[picture_size(project.root / sample.path)] += 1
    return sizes.most_common(1)[0][0] if sizes else (224, 224)


def probed(project: Project) -> list[Sample]:
    """The labelled samples on which other scalings and class orders are tried, spread evenly."""
    labelled = [sample for sample in project.samples if sample.label is not None]
    return labelled[:: max(1, len(labelled) // PROBED)][:PROBED]


def _with_better_fits(setup: Setup) -> Setup:
    """Add warnings where another scaling or class order clearly fits the labels better."""
    project = setup.project
    medium = TASKS[project.task].medium
    loaded = [load_sample(project, sample, setup.spec, (), medium) for sample in probed(project)]
    usable = [(one.picture, one.sample.label) for one in loaded if one.picture is not None]
    if not usable:
        return setup
    labels = np.array([project.class_names.index(str(label)) for _, label in usable])
    pictures = np.stack([picture for picture, _ in usable])
    predict = class_predictor(setup.explainer.predict, setup.explainer.info.activation)
    facts = better_fit(pictures, labels, setup.spec, project.class_names, predict)
    return replace(setup, project=_with_facts(project, facts))


def _with_facts(project: Project, facts: tuple[Fact, ...]) -> Project:
    """A fact of a known name keeps its origin and gains the warning; others are added."""
    warnings = {fact.name: fact.warning for fact in facts}
    known = [replace(fact, warning=warnings.pop(fact.name, fact.warning)) for fact in project.facts]
    return replace(project, facts=(*known, *(fact for fact in facts if fact.name in warnings)))
