"""Objects found cell by cell (FOMO). A run has one row per object, not per picture."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.base.logits import cell_logits, cell_probabilities, margins
from gradcam_core.base.types import BACKGROUND, Cell, Doubles, Explain, Fact, MaskFile, Project, Sample
from gradcam_core.model.contract import ModelInfo, Targets
from gradcam_core.tasks import TASKS, Answers, Columns, Task
from gradcam_core.tasks.classification import outcome
from gradcam_core.tasks.object_detection.cells import from_text
from gradcam_core.tasks.object_detection.listing import BOXES, CELLS, FOUND, PICTURE, list_objects
from gradcam_core.tasks.object_detection.matching import kind
from gradcam_core.tasks.object_detection.summary import sentence

OWN = ("detection", "picture", "cells", "boxes", "score")  # columns besides those of every task


def fitted(project: Project, info: ModelInfo) -> Project:
    """The project with the grid and with "background" before the names of its classes.

    Raises:
        ModelError: the model gives no grid of answers, or one with another number of classes.
    """
    grid = info.output_grid
    if grid is None:
        raise ModelError(
            "a model that answers for each cell of a grid",
            f"one row of {info.outputs} outputs per picture",
            "audit it as classification, or choose a FOMO model",
        )
    if grid == (info.height, info.width):
        raise ModelError(
            "a grid that is coarser than the picture",
            f"one answer per pixel ({grid[0]}×{grid[1]})",
            "segmentation models are not audited; choose a FOMO model",
        )
    names, why = _object_names(project, info.classes - 1)
    facts = [one for one in project.facts if one.name not in ("labels", "class order", "classes")]
    order = Fact("class order", ", ".join((BACKGROUND, *names)), "read" if not why else "guessed", why)
    answer = Fact(
        "answer", f"{grid[0]}×{grid[1]} cells of {info.classes} classes", "read", "from the model"
    )
    named = (BACKGROUND, *names)
    return replace(project, class_names=named, output_grid=grid, facts=(*facts, order, answer))


def _object_names(project: Project, count: int) -> tuple[tuple[str, ...], str]:
    """Names of the object classes in the order of channels 1, 2, …, and why these were guessed."""
    names = project.class_names
    known = any(one.name == "class order" and one.origin != "guessed" for one in project.facts)
    if known and BACKGROUND in [name.lower() for name in names[1:]]:
        raise ModelError(
            "background as the first class (channel 0 of the grid) or not named at all",
            f"class order {', '.join(names)}",
            "leave background out of --labels FILE; a model with background in another channel is not FOMO",
        )
    names = tuple(name for name in names if name.lower() != BACKGROUND)
    boxed = sorted(
        {s.label for r in project.regions.values() for s in r.shapes if not isinstance(s, MaskFile)}
    )
    if len(names) == count and (known or not boxed or set(boxed) <= set(names)):
        return names, ""
    if not known and len(boxed) == count:
        return tuple(boxed), "classes of the boxes, sorted by name"
    if not known and not boxed and not names:
        return tuple(f"class {index}" for index in range(1, count + 1)), "no box names a class"
    raise ModelError(
        f"a model for {len(names or boxed)} classes of objects ({', '.join((names or tuple(boxed))[:8])})",
        f"{count} channels beside the background",
        "give the full order of the object classes, one name per line, with --labels FILE",
    )


def targets(project: Project, samples: Sequence[Sample], explain: Explain) -> Targets:
    """(N, h*w*K) weights: 1 at the explained class's logits of the row's own cells.

    "predicted" is the class found, and for a missed box its own class: what spoke for it, if too weakly.

    Raises:
        AuditError: an unknown class.
    """
    names, grid = project.class_names, project.output_grid or (0, 0)
    if explain not in ("predicted", "true", *names):
        raise AuditError(f"predicted, true or a class out of: {', '.join(names)}", repr(explain))
    weights = np.zeros((len(samples), *grid, len(names)), np.float32)
    for row, sample in enumerate(samples):
        channel = names.index(_explained(sample, explain))
        for cell in cells_of(sample) or [tuple(at) for at in np.ndindex(grid)]:
            weights[(row, *cell, channel)] = 1
    return weights.reshape(len(samples), -1)


def _explained(sample: Sample, explain: Explain) -> str:
    found = str(sample.metadata[FOUND])
    if explain == "predicted":
        return sample.label or BACKGROUND if found == BACKGROUND else found
    return sample.label or found if explain == "true" else explain


def cells_of(sample: Sample) -> tuple[Cell, ...]:
    """The cells that a sample of a run stands for; () for a whole picture."""
    return from_text(str(sample.metadata[CELLS]))


def columns(answers: Answers) -> Columns:
    """predicted, explained, confidence, margin, correct, outcome; detection, picture, cells, boxes, score.

    ``confidence`` is the mean probability of the answer over the row's cells, ``margin`` its log-odds at
    its strongest cell, ``score`` the highest probability of the class that is explained.
    """
    rows = [_row(answers, place) for place in range(len(answers.samples))]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _row(answers: Answers, place: int) -> dict[str, object]:
    sample, grid = answers.samples[place], answers.project.output_grid or (0, 0)
    if not np.isfinite(answers.logits[place]).all() or FOUND not in sample.metadata:
        return _unread(sample)
    names, one = answers.project.class_names, answers.logits[place : place + 1]
    rows, cols = np.array(cells_of(sample) or list(np.ndindex(grid))).T
    shares = cell_probabilities(one, grid, answers.activation)[0][rows, cols]
    found = str(sample.metadata[FOUND])
    channel = names.index(found)
    explained = int(np.flatnonzero(answers.targets[place].reshape(*grid, -1).any(axis=(0, 1)))[0])
    logits = cell_logits(one, grid)[0][rows, cols]
    return {
        "predicted": found,
        "explained": names[explained],
        "confidence": float(shares[:, channel].mean()),
        "margin": _margin(logits[shares[:, channel].argmax()], channel, answers.activation),
        "correct": None if sample.label is None else found == sample.label,
        "outcome": outcome(found, sample.label, True),
        "detection": kind(sample.label, found),
        "picture": str(sample.metadata[PICTURE]),
        "cells": str(sample.metadata[CELLS]),
        "boxes": str(sample.metadata[BOXES]),
        "score": float(shares[:, explained].max()),
    }


def _unread(sample: Sample) -> dict[str, object]:
    nothing = dict.fromkeys(("predicted", "explained", "correct", "detection"))
    missing = dict.fromkeys(("confidence", "margin", "score"), float("nan"))
    texts = {"outcome": "unreadable", "picture": sample.id, "cells": "", "boxes": ""}
    order = ("predicted", "explained", "confidence", "margin", "correct", "outcome")
    return {name: {**nothing, **missing, **texts}[name] for name in (*order, *OWN)}


def _margin(logits: Doubles, channel: int, activation: str) -> float:
    """Log-odds of a class at one cell; channels of a sigmoid do not compete."""
    if activation == "sigmoid":
        return float(logits[channel])
    return float(margins(logits[None], np.array([channel]))[0])


TASKS.add(
    "object-detection",
    Task(
        "object detection by a grid (FOMO)",
        fitted,
        targets,
        columns,
        listed=list_objects,
        classes=False,
        sentence=sentence,
    ),
)
