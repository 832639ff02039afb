"""What became of a sample, counted as Edge Impulse counts it: below the threshold it is uncertain."""

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

Outcome = Literal["correct", "incorrect", "uncertain", "unlabelled", "unreadable"]
CONFIDENCE_KEYS = ("min_score", "minConfidenceRating")


def confidence_threshold(thresholds: Mapping[str, float]) -> float:
    """The lowest confidence that counts as an answer; 0 where the block has none."""
    return next((thresholds[key] for key in CONFIDENCE_KEYS if key in thresholds), 0.0)


def outcomes(table: pd.DataFrame, threshold: float) -> Sequence[Outcome]:
    """One outcome per row of a run's table."""
    return [
        _outcome(one["status"], one["label"], one["correct"], one["confidence"], threshold)
        for _, one in table.iterrows()
    ]


def _outcome(status: str, label: object, correct: object, confidence: float, threshold: float) -> Outcome:
    if status == "unreadable":
        return "unreadable"
    if not isinstance(label, str):
        return "unlabelled"
    if confidence < threshold:
        return "uncertain"
    return "correct" if correct else "incorrect"
