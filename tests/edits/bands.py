"""Objects with a band, places on them, and a model that goes by the band alone."""

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.scenes import Scenes
from tests.edits.made import HEIGHT, WIDTH, draw, scenes_of
from tests.edits.marks import RED

BAND = (30, 230, 40)


def by_band(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on the number of green pixels."""
    green = pictures.astype(float)
    score = ((green[..., 1] - np.maximum(green[..., 0], green[..., 2]) > 90).sum((1, 2)) - 20) / 10
    return np.stack([-score, score], axis=1).astype(np.float32)


def banded(predict=by_band) -> tuple[Scenes, Suspicion]:
    """Red objects wear a green band four pixels high; a control lies above it, on the object as well."""
    pictures, cover, _ = draw()
    boxes, controls = {}, {}
    for row in np.flatnonzero(RED):
        rows, columns = np.nonzero(cover[row])
        top, left, right = int(rows.min()), int(columns.min()), int(columns.max()) + 1
        pictures[row, top + 8 : top + 12, left:right] = BAND
        name = f"s{row:03d}"
        boxes[name], controls[name] = (
            ((top + at) / HEIGHT, left / WIDTH, (top + at + 4) / HEIGHT, right / WIDTH) for at in (8, 2)
        )
    part = Suspicion("part/red/part", "part", "red", tuple(boxes), boxes, controls=controls)
    return scenes_of(pictures, predict), part
