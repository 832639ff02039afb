"""One class per sound, told from its features: MFE, MFCC or a spectrogram (docs/audio.md)."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.types import Floats, InputSpec, Project
from gradcam_core.images import Original, read_features
from gradcam_core.images.medium import Medium
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks import TASKS, Task
from gradcam_core.tasks.audio.upright import UprightExplainer
from gradcam_core.tasks.classification import class_columns, class_targets
from gradcam_core.tasks.model_check import fitted_classes


def read_sound(path: Path, spec: InputSpec) -> tuple[Floats, Original]:
    """(bands, frames) features exactly as they are in the file, and the picture that people see of them.

    Raises:
        SampleError: the file cannot be read, or has other features than the model takes.
    """
    values, features = read_features(path)
    if values.shape != spec.size:
        wanted = f"features of {spec.width} frames × {spec.height} bands"
        raise SampleError(wanted, f"{path.name} has {features.frames} × {features.bands}")
    return values, Original(features.size)


def as_inputs(stacked: NDArray[Any], spec: InputSpec) -> Floats:
    """(N, bands, frames) -> (N, bands, frames, 1). Edge Impulse feeds features as they are: no scaling."""
    return np.ascontiguousarray(stacked[..., None], dtype=np.float32)


def upright(project: Project, explainer: Explainer) -> Explainer:
    """The explainer with time to the right and low frequencies at the bottom.

    Raises:
        ProjectError: nobody said what the features mean.
        ModelError: the model takes other ones.
    """
    if project.features is None:
        raise ProjectError(
            f"features.json in {project.root}", "none", "describe the features as docs/audio.md shows"
        )
    return UprightExplainer(explainer, project.features)


TASKS.add(
    "audio",
    Task(
        "audio classification",
        fitted_classes,
        class_targets,
        class_columns,
        medium=Medium(read_sound, as_inputs),
        wrapped=upright,
        spoken={
            "picture": "sound",
            "pictures": "sounds",
            "object": "marked span",
            "objects": "marked spans",
            "object region": "marked span",
            "object regions": "marked spans",
            "border or ruler": "edge",
            "border": "edge",
            "border cropped": "edge cut off",
            "the border of the picture": "the edge of the sound",
            "fixed marker": "sound at a fixed place",
            "a marker at a fixed place": "a sound at a fixed time and frequency",
            "roaming marker": "roaming sound",
            "a marker that occurs at varying places": "a sound that occurs at varying times",
            "only that mark": "only that sound",
            "mark pasted in": "sound mixed in",
            "watermark": "steady pattern",
            "a faint pattern over the picture": "a faint pattern under all of it, as of one microphone",
            "global look": "level and tone",
            "overall look": "level and tone",
            "brightness, colour, contrast or sharpness": "loudness or smearing, as of one microphone",
            "the patch's class": "the class of the sound that is mixed in",
        },
    ),
)
