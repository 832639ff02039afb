"""HiResCAM: Draelos and Carin, "Use HiResCAM instead of Grad-CAM", 2020."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def hires_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k A_k * g_k), cell by cell, without averaging the gradients over the grid."""
    return np.maximum(np.einsum("nhwc,nhwc->nhw", evidence.activations, evidence.gradients), 0)


CAMS.add("hires-cam", Method("HiResCAM", "Draelos and Carin 2020, arXiv:2011.08891", hires_cam))
