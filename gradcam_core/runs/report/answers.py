"""Truth and answer of a sample as the exports write them, by the kind of answer that the run holds."""

from math import isfinite

import pandas as pd

from gradcam_core.runs.store import Run
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.classification import confidence_threshold
from gradcam_core.tasks.object_detection.cells import threshold
from gradcam_core.tasks.visual_anomaly.summary import THRESHOLD


def are_numbers(run: Run) -> bool:
    """Whether the run's answers are numbers."""
    return run.task in TASKS and TASKS[run.task].numbers


def heads(run: Run) -> tuple[str, str, str]:
    """Titles of truth, answer, and the number beside them."""
    return ("target", "output", "error") if are_numbers(run) else ("label", "predicted", "confidence")


def texts(one: pd.Series, run: Run) -> tuple[str, str, str]:
    """The same of one sample; empty where there is none."""
    if are_numbers(run):
        return _number(one["target"], ".2f"), _number(one["output"], ".2f"), _number(one["error"], "+.2f")
    return _text(one["label"]), _text(one["predicted"]), _number(one["confidence"], ".3f")


def outcomes(run: Run) -> list[str]:
    """What became of each sample; worked out for runs that are older than the column."""
    table = run.table
    if "outcome" in table:
        return [str(one) for one in table["outcome"]]
    found = table["correct"].map({True: "correct", False: "incorrect"}).fillna("unlabelled")
    return [str(one) for one in found.where(table["status"].ne("unreadable"), "unreadable")]


def caption(one: pd.Series, run: Run) -> str:
    """'label cat, predicted dog, wrong' of a sample."""
    second, answer = heads(run)[1], texts(one, run)[1]
    outcome = "" if pd.isna(one["correct"]) else ", correct" if one["correct"] else ", wrong"
    return f"{truth_said(one, run)}, {second} {answer or 'nothing'}{outcome}"


def truth_said(one: pd.Series, run: Run) -> str:
    """'label cat', or that there is none; nothing of the answer."""
    first, truth = heads(run)[0], texts(one, run)[0]
    return f"{first} {truth}" if truth else f"no {first}"


def rule(run: Run) -> str:
    """What makes an answer correct or uncertain besides its class; empty where nothing does."""
    thresholds = run.thresholds
    if are_numbers(run):
        return f" An answer within {thresholds['tolerance']:g} of the target counts as correct."
    if THRESHOLD in thresholds:
        return f" A picture whose anomaly score reaches {thresholds[THRESHOLD]:.3g} counts as an anomaly."
    if run.output_grid:
        return f" A cell counts as an object from a probability of {threshold(thresholds):g} on."
    limit = confidence_threshold(thresholds)
    return f" Below a confidence of {limit:g} a sample counts as uncertain." if limit else ""


def _number(value: float, form: str) -> str:
    return format(float(value), form) if isfinite(value) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
