"""Questions on one run that a page or a report asks: pure functions on its table and its maps.

How right the answers are of a task that is no classification stands with the task (``tasks/*/summary``).
Every number travels with its n; what was left out is counted, never dropped silently.
"""

from gradcam_core.base.intervals import Accuracy, accuracy
from gradcam_core.runs.summary.confusion import OTHERS, Confusion, confusion
from gradcam_core.runs.summary.focus import (
    FOCUS,
    FocusGroup,
    FocusScore,
    class_column,
    focus_groups,
    focus_points,
)
from gradcam_core.runs.summary.headline import Headline, headline
from gradcam_core.runs.summary.limits import grid_warning, skipped
from gradcam_core.runs.summary.mean_maps import MeanMap, mean_maps
from gradcam_core.runs.summary.quantised import quantised_sentences
from gradcam_core.runs.summary.studio import by_studio, studio_sentences

__all__ = [
    "FOCUS",
    "OTHERS",
    "Accuracy",
    "Confusion",
    "FocusGroup",
    "FocusScore",
    "Headline",
    "MeanMap",
    "accuracy",
    "by_studio",
    "class_column",
    "confusion",
    "focus_groups",
    "focus_points",
    "grid_warning",
    "headline",
    "mean_maps",
    "quantised_sentences",
    "skipped",
    "studio_sentences",
]
