"""Questions on one run that a page or a report asks: pure functions on its table and its maps.

Every number travels with its n; what was left out is counted, never dropped silently.
"""

from gradcam_core.summary.accuracy import Accuracy, accuracy
from gradcam_core.summary.confusion import OTHERS, Confusion, confusion
from gradcam_core.summary.focus import (
    FOCUS,
    FocusGroup,
    FocusScore,
    class_column,
    focus_groups,
    focus_points,
    prefix,
)
from gradcam_core.summary.grid import grid_warning
from gradcam_core.summary.headline import headline
from gradcam_core.summary.mean_maps import MeanMap, mean_maps
from gradcam_core.summary.misses import Misses, miss_bins, misses, number_points
from gradcam_core.summary.skipped import skipped

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
