"""Grad-CAM: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks", ICCV 2017."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def grad_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k alpha_k A_k), alpha_k the mean over the grid of d score / d A_k (eq. 1, 2)."""
    weights = evidence.gradients.mean(axis=(1, 2))
    return np.maximum(np.einsum("nhwc,nc->nhw", evidence.activations, weights), 0)


CAMS.add("grad-cam", Method("Grad-CAM", "Selvaraju et al. 2017, arXiv:1610.02391", grad_cam))
