"""Noise on one side: which of object and background does the prediction hang on more?

Moayeri et al., "A Comprehensive Study of Image Classification Model Sensitivity to Foregrounds,
Backgrounds, and Visual Attributes" (RIVAL10), CVPR 2022. The edit puts Gaussian noise on the background,
the control the same energy (sum of squares) on the object. Relative foreground sensitivity follows from
the two accuracies.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Doubles, Floats, Picture
from gradcam_core.edits import CHECKS, Arm, Check, Edit, rows_with_region
from gradcam_core.edits.engine import filling
from gradcam_core.edits.engine.stage import Stage

NAME = "noise"
LEVELS = {"weak": 30.0, "strong": 60.0}  # standard deviation on the smaller side


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """Both arms at two strengths."""
    inside = filling.soft(stage.mask(row))
    sides: dict[Arm, Floats] = {"edit": 1 - inside, "control": inside}
    smaller = min(float(side.sum()) for side in sides.values())
    for filler, level in LEVELS.items():
        grain = rng.normal(size=stage.scenes.pictures.shape[1:])
        for arm, side in sides.items():
            strength = level * np.sqrt(smaller / float(side.sum()))
            picture = noisy(stage.scenes.pictures[row], grain, strength * side)
            yield Edit(row, NAME, filler, arm, picture)


def noisy(picture: Picture, grain: Doubles, strength: Doubles) -> Picture:
    """(H, W, 3) uint8, the picture with noise of the given standard deviation (H, W) in grey levels."""
    return np.asarray(np.clip(np.rint(picture + grain * strength[..., None]), 0, 255), dtype=np.uint8)


CHECKS.add(
    NAME,
    Check(
        title="Noise on one side",
        help="Noise on the background, against noise of the same energy on the object.",
        action="Noise on the background",
        plan=plan,
        eligible=rows_with_region,
        needs_region=True,
        decisive=False,
        fillers=tuple(LEVELS),
    ),
)
