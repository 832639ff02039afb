"""Grad-CAM with summed absolute gradients: Edge Impulse's variant, kept for comparison only."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def grad_cam_sum_abs(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k w_k A_k), w_k = sum_ij |g_kij|.

    The absolute value drops the sign that says for or against the class: with two classes both get
    the same map. It shows where the network is active, so no score is computed from it.
    """
    weights = np.abs(evidence.gradients).sum(axis=(1, 2))
    return np.maximum(np.einsum("nhwc,nc->nhw", evidence.activations, weights), 0)


CAMS.add(
    "grad-cam-sum-abs",
    Method(
        "Grad-CAM, summed absolute gradients (not class-specific)",
        "Edge Impulse's Grad-CAM deployment block, option pooling-gradients",
        grad_cam_sum_abs,
        class_specific=False,
        scored=False,
    ),
)
