"""The same network in few bits, asked beside the model: where does quantisation change the answer?

It gets the very input of the model, so that nothing but the quantisation lies between both answers.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.logits import as_classes, probabilities
from gradcam_core.base.types import Doubles, Floats, Mask, Project
from gradcam_core.images.batches import Prepared
from gradcam_core.model import open_explainer
from gradcam_core.model.contract import Explainer, ModelInfo
from gradcam_core.tasks import TASKS, Answers, Columns, Task, classes_of
from gradcam_core.tasks.options import AuditOptions

READ = ("classification", "audio", "multi-label", "regression")
SAME, OTHER = "same", "another"


def open_quantised(project: Project, options: AuditOptions, info: ModelInfo) -> Explainer | None:
    """The project's quantised network; None where it has none.

    Args:
        project: fitted to its model.
        options: of the audit.
        info: of the model that it is the quantised one of.

    Raises:
        ProjectError: a task whose rows are made of the model's own answers.
        ModelError: it cannot be opened, or is no version of the model: other input or outputs.
    """
    if project.quantised_path is None:
        return None
    if project.task not in READ:
        found = f"{TASKS[project.task].title}, whose rows are what the model itself found"
        titles = " or ".join(TASKS[name].title for name in READ)
        raise ProjectError(
            f"{titles} with a quantised network", found, "audit that file by itself: --model"
        )
    opened = open_explainer(
        project.quantised_path,
        engine=options.engine,
        trust_code=options.trust_code,
        maps=("classic",),
        classes=classes_of(project),
        size=options.size,
    )
    mine, theirs = _ends(info), _ends(opened.info)
    if mine != theirs:
        raise ModelError(
            f"the model's own network quantised: {mine}",
            f"{project.quantised_path.name}: {theirs}",
            "give the quantised file of the same training with --quantised",
        )
    return opened


def _ends(info: ModelInfo) -> str:
    return f"input {info.height}×{info.width}×{info.channels}, {info.outputs} outputs"


def quantised_logits(network: Explainer, batch: Prepared) -> Floats:
    """(N, K) float32 logits of the quantised network; NaN for samples that could not be read."""
    readable = np.flatnonzero(batch.readable)
    found = np.full((len(batch.readable), network.info.outputs), np.nan, np.float32)
    if len(readable):
        found[readable] = network.predict(batch.inputs)
    return found


def quantised_columns(answers: Answers, logits: Floats, task: Task, columns: Columns) -> Columns:
    """quantised_predicted, quantised_correct, quantised_apart, quantised_answer of some samples.

    ``quantised_apart``: largest difference of a class's probability (0..1), or of the number in the unit of
    the labels. ``quantised_answer``: "same" or "another" class; of numbers, whether they lie further apart
    than the tolerance.

    Args:
        answers: of the model.
        logits: (N, K) of the quantised network.
        task: of the project.
        columns: of the model's answers.
    """
    told = Answers(answers.project, answers.samples, logits, answers.activation, answers.targets)
    own = task.columns(told)
    apart = _apart(answers, logits, task)
    if task.numbers:
        moved: Mask = apart > answers.project.thresholds["tolerance"]
        said: Sequence[Any] = own["output"]
    else:
        said = own["predicted"]
        before = columns["predicted"]
        moved = np.array([one != other for one, other in zip(said, before, strict=True)], dtype=bool)
    readable: Mask = np.asarray(np.isfinite(logits).all(axis=1))
    return {
        "quantised_predicted": list(said),
        "quantised_correct": own["correct"],
        "quantised_apart": list(np.where(readable, apart, np.nan)),
        "quantised_answer": [
            (OTHER if other else SAME) if ok else None for other, ok in zip(moved, readable, strict=True)
        ],
    }


def _apart(answers: Answers, logits: Floats, task: Task) -> Doubles:
    """(N,) how far the two answers lie apart; NaN where there is none."""
    if task.numbers:
        return np.abs(logits[:, 0].astype(np.float64) - answers.logits[:, 0])
    one, other = (_shares(values, answers.activation) for values in (answers.logits, logits))
    return np.asarray(np.abs(one - other).max(axis=1), dtype=np.float64)


def _shares(logits: Floats, activation: str) -> NDArray[np.float64]:
    """(N, classes) probabilities; a linear head is read as ending in logits."""
    if activation == "linear":
        return np.asarray(softmax(as_classes(logits, activation).astype(np.float64), axis=1))
    return probabilities(logits, activation)
