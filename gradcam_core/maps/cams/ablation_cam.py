"""Ablation-CAM: Desai and Ramaswamy, "Ablation-CAM", WACV 2020."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method

CHUNK = 64  # ablated activations in memory at a time


def _one(evidence: CamInput, row: int) -> Floats:
    activations, score = evidence.activations[row], float(evidence.score[row])
    channels = activations.shape[-1]
    without = np.empty(channels)
    for start in range(0, channels, CHUNK):
        removed = np.arange(start, min(start + CHUNK, channels))
        part = np.repeat(activations[None], len(removed), axis=0)
        part[np.arange(len(removed)), :, :, removed] = 0
        without[removed] = evidence.from_activations(part, np.full(len(removed), row, np.intp))
    weights = (score - without) / (abs(score) or 1.0)
    return np.maximum(activations @ weights.astype(np.float32), 0)


def ablation_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k w_k A_k), w_k = (y - y_k) / y, y_k the score without channel k (eq. 1 to 3).

    Divided by |y| instead of y: the same for positive scores, and a negative logit does not turn the
    map inside out. Needs as many passes through the head per sample as the layer has channels.
    """
    rows = range(len(evidence.activations))
    return np.stack([_one(evidence, row) for row in rows]).astype(np.float32)


CAMS.add(
    "ablation-cam",
    Method(
        "Ablation-CAM",
        "Desai and Ramaswamy 2020, doi:10.1109/WACV45572.2020.9093360",
        ablation_cam,
        needs_gradients=False,
    ),
)
