"""Which of a project's labels are anomalies, in the two words that Studio uses for them."""

from collections.abc import Mapping

from gradcam_core.edge_impulse.fields import Document
from gradcam_core.types import Fact

TASK = "visual-anomaly"
NORMAL, ANOMALY = "no anomaly", "anomaly"
DEFAULT: Mapping[str, str] = {NORMAL: NORMAL, ANOMALY: ANOMALY}


def meanings(info: Document) -> Mapping[str, str]:
    """Label -> "no anomaly" or "anomaly"; other labels mean neither.

    Args:
        info: the project's own page; its ``anomalyLabelsConfig`` replaces Studio's two default labels.
    """
    given = info.get("anomalyLabelsConfig")
    if not isinstance(given, dict):
        return DEFAULT
    found = {str(label): NORMAL for label in given.get("noAnomalyLabels") or ()}
    return {**found, **{str(label): ANOMALY for label in given.get("anomalyLabels") or ()}} or DEFAULT


def labels_fact(known: Mapping[str, str]) -> Fact:
    """What counts as what."""
    parts = [f"{label} = {meaning}" for label, meaning in known.items()]
    if known is DEFAULT:
        return Fact("anomaly labels", ", ".join(parts), "guessed", "Studio's default labels")
    return Fact("anomaly labels", ", ".join(parts), "read", "anomalyLabelsConfig, from Edge Impulse")
