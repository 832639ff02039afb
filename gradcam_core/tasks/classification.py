"""One class per picture. Below the block's own threshold an answer counts as uncertain."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import AuditError
from gradcam_core.base.logits import as_classes, confidences, margins, predicted_class
from gradcam_core.base.types import Explain, Fact, Mask, Project, Sample
from gradcam_core.model.contract import ModelInfo
from gradcam_core.tasks import TASKS, Answers, Columns, Task
from gradcam_core.tasks.model_check import fitted_classes

Outcome = Literal["correct", "incorrect", "uncertain", "unlabelled", "unreadable"]
CONFIDENCE_KEYS = ("min_score", "minConfidenceRating")
GIVEN = "threshold"  # what the user gave comes first


def confidence_threshold(thresholds: Mapping[str, float]) -> float:
    """The lowest confidence that counts as an answer; 0 where the block has none."""
    return next((thresholds[key] for key in (GIVEN, *CONFIDENCE_KEYS) if key in thresholds), 0.0)


def class_columns(answers: Answers) -> Columns:
    """predicted, explained, confidence, margin, correct, outcome; null for rows whose logits are NaN.

    Confidence is the softmax of the logits, so it is right for heads that end in logits, or the sigmoid of
    the class's own.
    ``correct`` compares the highest class with the label; ``outcome`` knows "uncertain", too.
    """
    names, labels = answers.project.class_names, [one.label for one in answers.samples]
    readable: Mask = np.asarray(np.isfinite(answers.logits).all(axis=1))
    safe = as_classes(np.where(readable[:, None], answers.logits, 0), answers.activation)
    predicted = predicted_class(safe, answers.activation)
    confidence = confidences(safe, predicted, apart=are_apart(answers.logits.shape[1], answers.activation))
    said = [names[index] if ok else None for index, ok in zip(predicted, readable, strict=True)]
    shown = zip(answers.targets, readable, strict=True)
    limit = confidence_threshold(answers.project.thresholds)
    return {
        "predicted": said,
        "explained": [names[int(index)] if ok else None for index, ok in shown],
        "confidence": list(np.where(readable, confidence, np.nan)),
        "margin": list(np.where(readable, margins(safe, predicted), np.nan)),
        "correct": [
            None if None in pair else pair[0] == pair[1] for pair in zip(said, labels, strict=True)
        ],
        "outcome": [
            outcome(name, label, bool(sure))
            for name, label, sure in zip(said, labels, confidence >= limit, strict=True)
        ],
    }


def are_apart(outputs: int, activation: str) -> bool:
    """Several sigmoid units: each answers for its own class."""
    return outputs > 1 and activation == "sigmoid"


def _fitted(project: Project, info: ModelInfo) -> Project:
    """As :func:`fitted_classes`, and how several sigmoid units are read."""
    project = fitted_classes(project, info)
    if not are_apart(info.outputs, info.activation):
        return project
    why = "sigmoid units answer each for itself; several labels per picture: --task=multi-label"
    fact = Fact("answer", "the class with the largest output", "guessed", why)
    return replace(project, facts=(*project.facts, fact))


def outcome(predicted: str | None, label: str | None, sure: bool) -> Outcome:
    """What became of a sample, counted as Edge Impulse counts it."""
    if predicted is None:
        return "unreadable"
    if label is None:
        return "unlabelled"
    if not sure:
        return "uncertain"
    return "correct" if predicted == label else "incorrect"


def class_targets(project: Project, samples: Sequence[Sample], explain: Explain) -> NDArray[np.intp] | None:
    """(N,) class to explain; -1 the predicted one, also for unlabelled samples with "true"."""
    names = project.class_names
    if explain == "predicted":
        return None
    if explain == "true":
        return np.array([-1 if one.label is None else names.index(one.label) for one in samples], np.intp)
    if explain not in names:
        raise AuditError(f"predicted, true or a class out of: {', '.join(names)}", repr(explain))
    return np.full(len(samples), names.index(explain), np.intp)


TASKS.add(
    "classification",
    Task("image classification", _fitted, class_targets, class_columns, probed=True),
)
