"""Edits of the picture against matched control edits, and trust checks of the maps.

An edit alone proves little: any hole, seam or blur can move a prediction. Every edit therefore has a
control of the same size and kind, and only the difference between the two arms is read.
"""

from gradcam_core.checks.halves import half_of
from gradcam_core.checks.run import run_checks
from gradcam_core.checks.scenes import CHECKS, Check, Edit, Embed, Predict, Scenes, Stage
from gradcam_core.checks.single import edit_one

__all__ = [
    "CHECKS",
    "Check",
    "Edit",
    "Embed",
    "Predict",
    "Scenes",
    "Stage",
    "edit_one",
    "half_of",
    "run_checks",
]
