"""Is something wrong with the picture, and where? Learned from normal pictures alone, or the network's own.

The answer is a score per cell; the highest one counts, and from a threshold on a picture is an anomaly.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Explain, InputSpec, Project, Sample
from gradcam_core.model.contract import Explainer, ModelInfo, Targets
from gradcam_core.tasks import TASKS, Answers, Columns, Task
from gradcam_core.tasks.classification import outcome
from gradcam_core.tasks.model_check import network_words
from gradcam_core.tasks.options import AuditOptions
from gradcam_core.tasks.visual_anomaly.detector import USED, detector
from gradcam_core.tasks.visual_anomaly.explainer import Detector, OwnDetector
from gradcam_core.tasks.visual_anomaly.learning import from_features, from_output, with_threshold
from gradcam_core.tasks.visual_anomaly.normal import two_classes
from gradcam_core.tasks.visual_anomaly.summary import SCORE, sentence

METHOD = "anomaly-map"


def fitted(project: Project, info: ModelInfo) -> Project:
    """The project with the classes (normal, anomaly); any network will do."""
    return two_classes(project)


def taught(project: Project, explainer: Explainer, spec: InputSpec) -> tuple[Project, Explainer]:
    """Mixtures of normal pictures where the network gives no scores itself; a threshold; their facts."""
    if not isinstance(explainer, Detector):
        raise TypeError("an explainer that this task has wrapped")
    own = isinstance(explainer, OwnDetector)
    learn = from_output if own else from_features
    project = with_threshold(project, learn(project, explainer.base, spec), own)
    network = network_words(explainer.base.info)  # the detector's own would tell of one output
    facts = tuple(replace(one, value=network) if one.name == "network" else one for one in project.facts)
    return replace(project, facts=facts), detector(project, explainer.base)


def chosen(options: AuditOptions, explainer: Explainer) -> AuditOptions:
    """Cells' scores are the map; only one score per picture needs a gradient."""
    if isinstance(explainer, OwnDetector) and explainer.grid is None:
        return options
    return replace(options, method=METHOD, fine_method=METHOD, pooling="mean")


def targets(project: Project, samples: Sequence[Sample], explain: Explain) -> Targets | None:
    """Always the anomaly score: nothing else is computed."""
    known = ("predicted", "true", project.class_names[1])
    if explain not in known:
        raise AuditError(f"what to explain out of: {', '.join(known)}", repr(explain))
    return None


def columns(answers: Answers) -> Columns:
    """predicted, explained, confidence (none), margin, correct, outcome, anomaly_score.

    ``margin`` is the score minus the threshold; a score at the threshold is an anomaly. The likelihood of
    normal pictures says nothing of the probability that this one is normal, so there is no confidence.
    """
    names, labels = answers.project.class_names, [one.label for one in answers.samples]
    margin = answers.logits[:, 0].astype(np.float64)
    said = [None if np.isnan(value) else names[int(value >= 0)] for value in margin]
    return {
        "predicted": said,
        "explained": [None if name is None else names[1] for name in said],
        "confidence": [np.nan] * len(said),
        "margin": list(margin),
        "correct": [
            None if None in pair else pair[0] == pair[1] for pair in zip(said, labels, strict=True)
        ],
        "outcome": [outcome(name, label, True) for name, label in zip(said, labels, strict=True)],
        SCORE: list(margin + answers.project.thresholds[USED]),
    }


TASKS.add(
    "visual-anomaly",
    Task(
        "visual anomaly detection",
        fitted,
        targets,
        columns,
        wrapped=detector,
        taught=taught,
        chosen=chosen,
        classes=False,
        sentence=sentence,
    ),
)
