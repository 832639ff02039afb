"""What kind of answer a model gives, and how it is read. One file or folder per task.

A task turns a project and its model into something that the one way through can treat like any other:
files become network inputs, the answer becomes columns, and a target says what the maps explain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from gradcam_core.base.registry import Registry
from gradcam_core.base.types import Activation, Explain, Floats, InputSpec, Mask, Project, Sample
from gradcam_core.images.medium import PICTURES, Medium
from gradcam_core.model.contract import Explainer, ModelInfo, Targets
from gradcam_core.tasks.options import AuditOptions

Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class Answers:
    """What the model said about some samples, in their order.

    Attributes:
        project: class names, thresholds.
        samples: N of them.
        logits: (N, K); NaN rows for samples that could not be read.
        activation: of the model's output.
        targets: (N,) class index, or (N, K) weights, that the maps explain.
    """

    project: Project
    samples: Sequence[Sample]
    logits: Floats
    activation: Activation
    targets: Targets


Judge = tuple[Callable[[Floats], Mask], float]


def _as_it_is(project: Project, explainer: Explainer) -> Explainer:
    return explainer


def _as_listed(project: Project, explainer: Explainer, spec: InputSpec) -> Project:
    return project


def _as_known(project: Project, explainer: Explainer, spec: InputSpec) -> tuple[Project, Explainer]:
    return project, explainer


def _as_asked(options: AuditOptions, explainer: Explainer) -> AuditOptions:
    return options


@dataclass(frozen=True)
class Task:
    """One kind of answer.

    Attributes:
        title: as people call it, "image classification".
        fitted: the project with what it lacks (class names), checked against the model.
            Raises ``ProjectError`` or ``ModelError`` where both do not fit together.
        targets: (project, samples, what to explain) -> (N,) class index with -1 for the predicted one,
            or (N, K) weights of the outputs; None: the predicted class of each. Raises ``AuditError``.
        columns: predicted, explained, confidence, margin, correct, outcome, and the task's own; null or
            NaN for samples that could not be read.
        medium: how a file becomes the network's input.
        wrapped: the explainer as the task needs it.
        listed: the project with the samples that the run has a row for, where those are not its files.
        taught: what the task learns from the project's own samples: the project with the arrays
            (``learned``) and the explainer that uses them; ``wrapped`` makes the same one of that project.
        chosen: the options with what the task decides about the maps.
        classes: one output of the model per class name; one linear output is the logit of the second.
        probed: other ways of feeding pictures are tried on labelled samples.
        numbers: the labels of its samples are numbers, not names of classes.
        judge: (project, labelled samples) -> which answers to them are right, out of logits (N, K), and the
            share that is right by chance; None: the predicted class is the label.
        spoken: what is said of pictures and classes in the words of this task: "picture" -> "sound".
        sentence: (a run's table, its manifest) -> how right the answers are, in one or two sentences with
            n; None: accuracy.
    """

    title: str
    fitted: Callable[[Project, ModelInfo], Project]
    targets: Callable[[Project, Sequence[Sample], Explain], Targets | None]
    columns: Callable[[Answers], Columns]
    medium: Medium = PICTURES
    wrapped: Callable[[Project, Explainer], Explainer] = _as_it_is
    listed: Callable[[Project, Explainer, InputSpec], Project] = _as_listed
    taught: Callable[[Project, Explainer, InputSpec], tuple[Project, Explainer]] = _as_known
    chosen: Callable[[AuditOptions, Explainer], AuditOptions] = _as_asked
    classes: bool = True
    probed: bool = False
    numbers: bool = False
    judge: Callable[[Project, Sequence[Sample]], Judge] | None = None
    spoken: Mapping[str, str] = field(default_factory=dict)
    sentence: Callable[[pd.DataFrame, Mapping[str, Any]], str] | None = None


TASKS: Registry[Task] = Registry("task", __name__)


def open_for(project: Project, opener: Callable[..., Explainer]) -> Explainer:
    """The project's model as its task needs it.

    Args:
        project: its task says how the outputs are read.
        opener: ``model.open_explainer`` with path, layers and engine; gets ``classes``, how many classes
            the outputs stand for, or None.
    """
    return TASKS[project.task].wrapped(project, opener(classes=classes_of(project)))


def classes_of(project: Project) -> int | None:
    """How many classes the model's outputs stand for, where that is known."""
    return len(project.class_names) or None if TASKS[project.task].classes else None
