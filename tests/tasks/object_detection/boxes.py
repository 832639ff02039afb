"""Boxes and found objects on a small grid."""

from gradcam_core.base.types import Box
from gradcam_core.tasks.object_detection.truth import Marked

CLASSES = ("background", "nut", "bolt")


def box(number: int, label: str, *where: float) -> Marked:
    return Marked(number, label, Box(0, 0, 1, 1, label), (where[0], where[1], where[2], where[3]))
