"""XGrad-CAM: Fu et al., "Axiom-based Grad-CAM", BMVC 2020."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def xgrad_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k w_k A_k), w_k = sum_ij A_kij g_kij / sum_ij A_kij (eq. 8); 0 without A_k."""
    gain = (evidence.activations * evidence.gradients).sum(axis=(1, 2))
    mass = evidence.activations.sum(axis=(1, 2))
    weights = np.divide(gain, mass, out=np.zeros_like(gain), where=mass != 0)
    return np.maximum(np.einsum("nhwc,nc->nhw", evidence.activations, weights), 0)


CAMS.add("xgrad-cam", Method("XGrad-CAM", "Fu et al. 2020, arXiv:2008.02312", xgrad_cam))
