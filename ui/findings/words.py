"""The words of findings as pages say them; those that reports share stand in the core."""

from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_words import (
    LEVEL_HELP,
    edit_words,
    effect_words,
    in_points,
    interval_words,
    level_words,
    measure_words,
    number,
    q_words,
    reliance_short,
    reliance_words,
    title,
)
from gradcam_core.tasks.wording import spoken

__all__ = [
    "LEVEL_HELP",
    "TESTING",
    "edit_words",
    "effect_words",
    "in_points",
    "interval_words",
    "level_words",
    "measure_words",
    "number",
    "q_words",
    "reliance_short",
    "reliance_words",
    "said",
    "title",
]
TESTING = (
    "Looks for cues, edits pictures and asks the model again. It takes minutes; the page may be closed."
)


def said(run: Run, text: str) -> str:
    """A sentence about pictures and classes in the words of the run's task: of sounds, of thirds."""
    return spoken(text, run.task)
