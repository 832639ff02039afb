"""Several labels per picture, an output for each. A run has one row per picture and class."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Explain, Floats, Mask, Project, Sample
from gradcam_core.tasks import TASKS, Answers, Columns, Judge, Task
from gradcam_core.tasks.classification import outcome
from gradcam_core.tasks.multi_label.class_order import as_flags, better_order
from gradcam_core.tasks.multi_label.fitting import fitted
from gradcam_core.tasks.multi_label.label_sets import from_text, uncertain
from gradcam_core.tasks.multi_label.listing import ANSWERS, LABELS, OWN_CLASS, PICTURE, list_classes
from gradcam_core.tasks.multi_label.rows import ABSENT, limits
from gradcam_core.tasks.multi_label.summary import sentence

Presence = Literal["hit", "miss", "false alarm", "right absence"]
ORDER = ("predicted", "explained", "confidence", "margin", "correct", "outcome")
OWN = ("presence", "own_class", "picture", "labels", "answers", "score")  # columns besides


def targets(project: Project, samples: Sequence[Sample], explain: Explain) -> NDArray[np.intp]:
    """(N,) index of the class that is explained: the row's own, or the same one for all rows.

    Raises:
        AuditError: an unknown class.
    """
    names = project.class_names[:-1]
    if explain not in ("predicted", "true", *names):
        raise AuditError(f"predicted, true or a class out of: {', '.join(names)}", repr(explain))
    own = [str(one.metadata[OWN_CLASS]) for one in samples]
    return np.array([names.index(explain if explain in names else one) for one in own], dtype=np.intp)


def columns(answers: Answers) -> Columns:
    """The columns of every task; presence, own_class, picture, labels, answers, score.

    ``score`` is the sigmoid of the output of the row's class, ``confidence`` that of the row's answer: the
    score where the class is said, 1 - score where it is not. ``margin`` is its log-odds.
    """
    lowest = limits(answers.project.thresholds, answers.project.class_names)
    rows = [_row(answers, place, lowest) for place in range(len(answers.samples))]
    return {name: [row[name] for row in rows] for name in (*ORDER, *OWN)}


def _row(answers: Answers, place: int, lowest: NDArray[np.float32]) -> dict[str, object]:
    sample, names = answers.samples[place], answers.project.class_names
    if not np.isfinite(answers.logits[place]).all() or OWN_CLASS not in sample.metadata:
        return _unread(sample)
    own = str(sample.metadata[OWN_CLASS])
    index = names.index(own)
    value = float(answers.logits[place, index])
    said = value > lowest[index]
    score = float(expit(value))
    predicted = own if said else ABSENT
    return {
        "predicted": predicted,
        "explained": names[int(answers.targets[place])],
        "confidence": score if said else 1 - score,
        "margin": value if said else -value,
        "correct": None if sample.label is None else predicted == sample.label,
        "outcome": outcome(predicted, sample.label, True),
        "presence": presence(sample.label, predicted),
        "own_class": own,
        "picture": str(sample.metadata[PICTURE]),
        "labels": sample.metadata[LABELS],
        "answers": str(sample.metadata[ANSWERS]),
        "score": score,
    }


def judge(project: Project, samples: Sequence[Sample]) -> Judge:
    """Of which pictures all answers are right, in the class order that fits best, so that a wrong order
    speaks for no way of feeding; by chance as many as the most frequent set of labels has."""
    names = project.class_names[:-1]
    texts = [str(one.label) for one in samples]
    labels, lowest = as_flags([from_text(text) for text in texts], names), limits(project.thresholds, names)
    known = ~as_flags([uncertain(text) for text in texts], names)

    def right(logits: Floats) -> Mask:
        said, there, sure = logits > lowest, labels[: len(logits)], known[: len(logits)]
        order = better_order(said, there, sure)
        if order is not None:
            there, sure = there[:, order], sure[:, order]
        return np.asarray(((said == there) | ~sure).all(axis=1), dtype=np.bool_)

    return right, max(Counter(texts).values()) / len(texts)


def presence(label: str | None, predicted: str) -> Presence | None:
    """What became of one class of a picture; None without a label."""
    if label is None:
        return None
    if label == predicted:
        return "right absence" if label == ABSENT else "hit"
    return "false alarm" if label == ABSENT else "miss"


def _unread(sample: Sample) -> dict[str, object]:
    nothing = dict.fromkeys(("predicted", "explained", "correct", "presence", "own_class", "labels"))
    missing = dict.fromkeys(("confidence", "margin", "score"), float("nan"))
    return {**nothing, **missing, "outcome": "unreadable", "picture": sample.id, "answers": None}


TASKS.add(
    "multi-label",
    Task(
        "several labels per picture",
        fitted,
        targets,
        columns,
        listed=list_classes,
        classes=False,
        probed=True,
        judge=judge,
        sentence=sentence,
    ),
)
