"""Which task a learn block has, out of its mode and the kind of its input."""

from collections.abc import Mapping

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.fields import Document, text
from gradcam_core.projects.edge_impulse.describe.blocks import Candidate, input_block
from gradcam_core.tasks import TASKS

TITLES = {
    "classification": "image classification",
    "regression": "visual regression",
    "object-detection": "object detection",
    "visual-anomaly": "visual anomaly detection",
    "audio": "audio classification",
    "time-series": "classification of a time series",
    "features": "a network on features",
}
_MODES = {
    "classification": "classification",
    "regression": "regression",
    "object-detection": "object-detection",
    "visual-anomaly": "visual-anomaly",
    "anomaly-gmm": "visual-anomaly",
}
DETECTION, FOMO = "object-detection", "fomo"
_AUDIO = frozenset(("mfe", "mfcc", "spectrogram"))
TASK = "visual-anomaly"
NORMAL, ANOMALY = "no anomaly", "anomaly"
DEFAULT: Mapping[str, str] = {NORMAL: NORMAL, ANOMALY: ANOMALY}


def task_of(impulse: Document, chosen: Candidate) -> str:
    """The task in the words of ``TITLES``; a mode that is not known is returned as it came."""
    mode = text(chosen.metadata, "mode") or "classification"
    kind = text(input_block(impulse), "type") or "image"
    if kind == "features":
        return "features"
    if kind == "time-series":
        types = {one.get("type") for one in impulse.get("dspBlocks") or () if isinstance(one, dict)}
        if types & _AUDIO:
            return "audio" if mode == "classification" else f"audio {mode}"
        return "time-series"
    return _MODES.get(mode, mode)


def check_task(task: str, chosen: Candidate) -> None:
    """Raise ``ProjectError`` for a task that is not audited yet; says which one it is."""
    last = text(chosen.metadata, "objectDetectionLastLayer")
    if task == DETECTION and last not in (None, FOMO):
        raise ProjectError(
            "an object detection block with a fomo output",
            f"block {chosen.block} has a {last} output, for which Edge Impulse gives no Keras model",
            "train a FOMO block, or choose another block with --block ID",
        )
    if task in TASKS:
        return
    kind = TITLES.get(task, task) + (f" with a {last} output" if last else "")
    raise ProjectError(
        f"a block for {' or '.join(TASKS[name].title for name in TASKS)}",
        f"block {chosen.block} is {kind}",
        "choose another block with --block ID; other tasks are not audited yet",
    )


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
