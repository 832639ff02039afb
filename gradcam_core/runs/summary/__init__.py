"""Questions on one run that a page or a report asks: pure functions on its table and its maps.

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
    prefix,
)
from gradcam_core.runs.summary.headline import headline
from gradcam_core.runs.summary.limits import alarms, grid_warning, skipped
from gradcam_core.runs.summary.mean_maps import MeanMap, mean_maps
from gradcam_core.tasks.regression.summary import Misses, miss_bins, misses, number_points

__all__ = [
    "FOCUS",
    "OTHERS",
    "Accuracy",
    "Confusion",
    "FocusGroup",
    "FocusScore",
    "MeanMap",
    "Misses",
    "accuracy",
    "alarms",
    "class_column",
    "confusion",
    "focus_groups",
    "focus_points",
    "grid_warning",
    "headline",
    "mean_maps",
    "miss_bins",
    "misses",
    "number_points",
    "prefix",
    "skipped",
]
