"""LayerCAM: Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps", TIP 2021."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def layer_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU(sum_k ReLU(g_k) * A_k), cell by cell (eq. 6 and 7)."""
    positive = np.maximum(evidence.gradients, 0)
    return np.maximum(np.einsum("nhwc,nhwc->nhw", evidence.activations, positive), 0)


CAMS.add("layer-cam", Method("LayerCAM", "Jiang et al. 2021, doi:10.1109/TIP.2021.3089943", layer_cam))
