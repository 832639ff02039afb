"""Grad-CAM++: Chattopadhyay et al., "Grad-CAM++", WACV 2018."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def grad_cam_pp(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k w_k A_k), w_k = sum_ij alpha_kij ReLU(g_kij) (eq. 5 and 19).

    alpha = g^2 / (2 g^2 + sum_ab A_ab g^3). The paper differentiates exp(score); its common factor
    exp(score) scales a whole map and overflows for large logits, so it is left out.
    """
    gradients = evidence.gradients.astype(np.float64)
    squared = gradients**2
    mass = evidence.activations.sum(axis=(1, 2), keepdims=True, dtype=np.float64)
    denominator = 2 * squared + mass * gradients**3
    alpha = np.divide(squared, denominator, out=np.zeros_like(squared), where=denominator != 0)
    weights = (alpha * np.maximum(gradients, 0)).sum(axis=(1, 2))
    maps = np.einsum("nhwc,nc->nhw", evidence.activations, weights)
    return np.maximum(maps, 0).astype(np.float32)


CAMS.add("grad-cam++", Method("Grad-CAM++", "Chattopadhyay et al. 2018, arXiv:1710.11063", grad_cam_pp))
