"""One number per picture. An answer is right where it misses the target by no more than a tolerance.

The label of a sample is the third of all targets that its own lies in, so that whatever compares classes
compares low, middle and high targets; the number itself is the column ``target``.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.base.types import Explain, Fact, Floats, Mask, Project, Sample
from gradcam_core.model.contract import ModelInfo
from gradcam_core.tasks import TASKS, Answers, Columns, Judge, Task
from gradcam_core.tasks.classification import CONFIDENCE_KEYS, Outcome
from gradcam_core.tasks.regression.summary import misses_sentence
from gradcam_core.tasks.regression.targets import from_column, with_target

OUTPUT, LOWERED = "output", "output, lowered"
TOLERANCE, LOWER = "tolerance", "lower"
ERROR_KEYS = (TOLERANCE, *CONFIDENCE_KEYS)  # the user's, then what Edge Impulse calls it
SHARE = 0.1  # of the range of the targets, where nobody gave a tolerance
BANDS = ("low", "middle", "high")
THIRDS = {  # labels are thirds of the targets
    "of the labels right": "of the thirds of the target right",
    "the majority class alone": "the largest third alone",
    "another class": "another third of the target",
    "other classes": "other thirds of the target",
    "contradicts the class": "contradicts the target",
    "the label": "the target",
    "share of predictions": "share of outputs",
    "lift of a classifier over the majority class": "lift of a classifier over the largest third",
}


def fitted_numbers(project: Project, info: ModelInfo) -> Project:
    """The project with targets, their thirds as labels, and a tolerance.

    Raises:
        ModelError: the model does not end in one linear output.
    """
    if info.outputs != 1 or info.activation != "linear":
        outputs = "1 output" if info.outputs == 1 else f"{info.outputs} outputs"
        raise ModelError(
            "a model with one linear output, whose value is the answer",
            f"{outputs}, {info.activation}",
            "choose another model, or another task with --task",
        )
    labelled, column = from_column(project.samples)
    read = [with_target(one) for one in labelled]
    wrong = {one.id: why for one, why in read if why}
    samples = in_bands([one for one, _ in read])
    tolerance, fact = allowed_error(project.thresholds, [one.target for one in samples])
    return replace(
        project,
        class_names=(),
        samples=tuple(samples),
        label_notes={**project.label_notes, **wrong},
        thresholds={**project.thresholds, TOLERANCE: tolerance},
        facts=(*project.facts, *column, _targets_fact(samples, len(wrong)), fact),
    )


def in_bands(samples: Sequence[Sample]) -> list[Sample]:
    """Samples labelled by the third of all targets that theirs lies in; fewer where many are equal."""
    targets = np.array([one.target for one in samples if one.target is not None], dtype=np.float64)
    if not len(targets):
        return list(samples)
    edges = np.quantile(targets, [1 / 3, 2 / 3])
    edges[np.abs(edges) < 1e-12 * np.ptp(targets)] = 0.0  # what rounding leaves of a zero
    edges = np.unique(edges)
    edges = edges[edges > targets.min()]
    if not len(edges) and targets.max() > targets.min():  # most are the smallest
        edges = targets[targets > targets.min()].min(keepdims=True)
    names = band_names(edges)
    return [
        one if one.target is None else replace(one, label=names[int(np.digitize(one.target, edges))])
        for one in samples
    ]


def band_names(edges: NDArray[np.float64]) -> list[str]:
    """'low, below 3.3', 'middle, 3.3 to 6.7', 'high, from 6.7'; one name where there is no edge."""
    shown = [f"{edge:.3g}" for edge in edges]
    if not shown:
        return ["all targets"]
    middle = [f"middle, {low} to {high}" for low, high in pairwise(shown)]
    return [f"low, below {shown[0]}", *middle, f"high, from {shown[-1]}"]


def allowed_error(thresholds: Mapping[str, float], targets: Sequence[float | None]) -> tuple[float, Fact]:
    """The largest absolute error that counts as right: given, the block's own, or a share of the range."""
    if TOLERANCE in thresholds:
        value = thresholds[TOLERANCE]
        return value, Fact(TOLERANCE, f"{value:g}", "given")
    key = next((key for key in CONFIDENCE_KEYS if key in thresholds), None)
    if key is not None:
        value = thresholds[key]
        return value, Fact(TOLERANCE, f"{value:g}", "read", f"the block's {key}, an absolute error")
    known = [one for one in targets if one is not None]
    spread = (max(known) - min(known)) if known else 0.0
    value = SHARE * (spread or max(map(abs, known), default=0.0) or 1.0)
    why = f"{SHARE:.0%} of the targets' range" if spread else "the targets have no range"
    said = f"no tolerance was given; answers within {value:.3g} count as correct"
    warning = f"{said}; give the right one with --tolerance"
    return value, Fact(TOLERANCE, f"{value:.3g}", "guessed", why, warning)


def _targets_fact(samples: Sequence[Sample], wrong: int) -> Fact:
    known = [one.target for one in samples if one.target is not None]
    parts = [f"{wrong:,} labels are no number" if wrong else ""]
    missing = len(samples) - len(known) - wrong
    parts += [f"{missing:,} samples without a label" if missing else ""]
    warning = "; ".join(part for part in parts if part)
    if not known:
        return Fact("targets", "none", "read", "from the labels", warning)
    value = f"{min(known):g} to {max(known):g}, {len(known):,} samples"
    names = sorted({str(one.label) for one in samples if one.label is not None}, key=_place)
    return Fact("targets", value, "read", f"grouped by thirds: {'; '.join(names)}", warning)


def _place(name: str) -> int:
    return BANDS.index(name.split(",", maxsplit=1)[0]) if "," in name else 0


def number_targets(
    project: Project, samples: Sequence[Sample], explain: Explain
) -> NDArray[np.intp] | Floats | None:
    """None: what raises the output; (N, 1) weights of -1: what lowers it."""
    if explain in ("predicted", "true", OUTPUT):
        return None
    if explain == LOWER:
        return np.full((len(samples), 1), -1, np.float32)
    raise AuditError(f"predicted (what raises the output) or {LOWER} (what lowers it)", repr(explain))


def number_columns(answers: Answers) -> Columns:
    """target, output, error = output - target, absolute_error, and the columns that every task has."""
    outputs = answers.logits[:, 0].astype(np.float64)
    readable = np.isfinite(outputs)
    targets = np.array([np.nan if one.target is None else one.target for one in answers.samples])
    errors = outputs - targets
    explained = LOWERED if answers.targets.ndim == 2 else OUTPUT
    tolerance = answers.project.thresholds[TOLERANCE]
    nothing = [math.nan] * len(outputs)
    judged = [None if math.isnan(miss) else bool(abs(miss) <= tolerance) for miss in errors]
    return {
        "predicted": [OUTPUT if ok else None for ok in readable],
        "explained": [explained if ok else None for ok in readable],
        "confidence": nothing,
        "margin": nothing,
        "correct": judged,
        "outcome": [_outcome(bool(ok), right) for ok, right in zip(readable, judged, strict=True)],
        "target": list(targets),
        "output": list(outputs),
        "error": list(errors),
        "absolute_error": list(np.abs(errors)),
    }


def judge(project: Project, samples: Sequence[Sample]) -> Judge:
    """Which outputs lie within the tolerance of their targets; by chance as many as the median would."""
    targets = np.array([one.target for one in samples], dtype=np.float64)
    tolerance = project.thresholds[TOLERANCE]

    def right(logits: Floats) -> Mask:
        return np.asarray(np.abs(logits[:, 0] - targets[: len(logits)]) <= tolerance, dtype=np.bool_)

    return right, float(np.mean(np.abs(targets - np.median(targets)) <= tolerance))


def _outcome(readable: bool, right: bool | None) -> Outcome:
    if not readable:
        return "unreadable"
    if right is None:
        return "unlabelled"
    return "correct" if right else "incorrect"


def sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Mean absolute error, and how many answers lie within the tolerance."""
    return misses_sentence(table, float(manifest["project"]["thresholds"][TOLERANCE]))


TASKS.add(
    "regression",
    Task(
        "visual regression",
        fitted_numbers,
        number_targets,
        number_columns,
        classes=False,
        probed=True,
        numbers=True,
        judge=judge,
        spoken=THIRDS,
        sentence=sentence,
    ),
)
