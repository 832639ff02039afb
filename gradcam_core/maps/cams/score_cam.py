"""Score-CAM: Wang et al., "Score-CAM: Score-Weighted Visual Explanations", CVPR Workshops 2020."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method

CHUNK = 64  # masked pictures in memory at a time


def _interpolation(source: int, target: int) -> NDArray[np.float32]:
    """(target, source) matrix of linear interpolation with half-pixel centres, edges held."""
    position = np.clip((np.arange(target) + 0.5) * source / target - 0.5, 0, source - 1)
    low = np.floor(position).astype(int)
    high = np.minimum(low + 1, source - 1)
    share = (position - low).astype(np.float32)
    matrix = np.zeros((target, source), np.float32)
    np.add.at(matrix, (np.arange(target), low), 1 - share)
    np.add.at(matrix, (np.arange(target), high), share)
    return matrix


def _masks(channels: Floats, size: tuple[int, int]) -> Floats:
    """(h, w, C) activations -> (C, H, W) upsampled and min-max scaled to 0..1; constant ones are 0."""
    vertical = _interpolation(channels.shape[0], size[0])
    horizontal = _interpolation(channels.shape[1], size[1])
    masks = np.einsum("Hh,hwc,Ww->cHW", vertical, channels, horizontal, optimize=True)
    low = masks.min(axis=(1, 2), keepdims=True)
    spread = masks.max(axis=(1, 2), keepdims=True) - low
    return np.divide(masks - low, spread, out=np.zeros_like(masks), where=spread > 0)


def _one(evidence: CamInput, row: int, baseline: float) -> Floats:
    channels, picture = evidence.activations[row], evidence.inputs[row]
    masks = _masks(channels, picture.shape[:2])
    gains = np.empty(len(masks))
    for start in range(0, len(masks), CHUNK):
        part = masks[start : start + CHUNK, :, :, None] * picture
        rows = np.full(len(part), row, np.intp)
        gains[start : start + CHUNK] = evidence.from_inputs(part, rows) - baseline
    weights = np.exp(gains - gains.max())
    return np.maximum(channels @ (weights / weights.sum()).astype(np.float32), 0)


def score_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k alpha_k A_k), alpha = softmax_k of f(X * mask_k) - f(0) (eq. 6, algorithm 1).

    f is the target logit, mask_k channel k upsampled to the input and scaled to 0..1. Needs as many
    forward passes per sample as the layer has channels.
    """
    rows = np.arange(len(evidence.inputs))
    baselines = evidence.from_inputs(np.zeros_like(evidence.inputs), rows)
    maps = [_one(evidence, row, float(base)) for row, base in enumerate(baselines)]
    return np.stack(maps).astype(np.float32)


CAMS.add(
    "score-cam",
    Method("Score-CAM", "Wang et al. 2020, arXiv:1910.01279", score_cam, needs_gradients=False),
)
