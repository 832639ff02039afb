"""Scene -> picture and mask. Each part has its own random stream, so a flip touches only its pixels."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.backgrounds import FAMILIES, Layer, clutter
from benchmarks.planted.cases import Case
from benchmarks.planted.cues import CUES, Mask
from benchmarks.planted.objects import coat, silhouette
from benchmarks.planted.scene import Scene

Pictures = NDArray[np.uint8]
GRAIN, TEXTURE = 0.02, 0.05  # of the whole picture; of the background, so that it has a focus to lose


def _paint(layer: Layer, mask: Mask, stage: str, scene: Scene, case: Case) -> Layer:
    """Apply the case's cues of one stage."""
    for number, (name, value) in enumerate(zip(case.cues, scene.cues, strict=True)):
        if name in CUES and CUES[name].stage == stage:
            layer = CUES[name].paint(layer, mask, value, np.random.default_rng([scene.seed, 10 + number]))
    return layer


def _backdrop(scene: Scene, case: Case, side: int) -> Layer:
    """The background: its family is the cue where the case says so, and nuisance otherwise."""
    family = scene.family
    if "background" in case.cues:
        family = scene.cues[case.cues.index("background")]
    rng = np.random.default_rng([scene.seed, 1, family])
    layer = FAMILIES[family](side, rng)
    layer = layer + rng.normal(0.0, TEXTURE, (side, side, 1)).astype(np.float32)
    return clutter(layer, np.random.default_rng([scene.seed, 2])) if case.busy else layer


def render(scene: Scene, case: Case, side: int) -> tuple[Pictures, Mask]:
    """(side, side, 3) uint8 picture and (side, side) mask of the object's pixels."""
    mask = silhouette(scene, case.core, side)
    behind = _paint(_backdrop(scene, case, side), mask, "backdrop", scene, case)
    body = _paint(
        coat(scene, case.core, side, np.random.default_rng([scene.seed, 3])), mask, "object", scene, case
    )
    picture = _paint(np.where(mask[:, :, None], body, behind), mask, "overlay", scene, case)
    grain = np.random.default_rng([scene.seed, 4]).normal(0.0, GRAIN, picture.shape)
    return (np.clip(picture + grain, 0, 1) * 255 + 0.5).astype(np.uint8), mask


def render_all(many: Iterable[Scene], case: Case, side: int) -> tuple[Pictures, NDArray[np.bool_]]:
    """Pictures (N, side, side, 3) and masks (N, side, side)."""
    pictures, masks = zip(*(render(scene, case, side) for scene in many), strict=True)
    return np.stack(pictures), np.stack(masks)
