"""Eigen-CAM: Muhammad and Yeasin, "Eigen-CAM", IJCNN 2020."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def eigen_cam(evidence: CamInput) -> Floats:
    """(N, h, w) ReLU of the activations projected on their first right singular vector (section III).

    A singular vector has no sign of its own; the one that makes the projection's sum positive is
    taken. The class plays no part, so the map is the same whatever is explained.
    """
    activations = evidence.activations
    flat = activations.reshape(len(activations), -1, activations.shape[-1]).astype(np.float64)
    _, _, right = np.linalg.svd(flat, full_matrices=False)
    projection = np.einsum("npc,nc->np", flat, right[:, 0])
    sign = np.where(projection.sum(axis=1) < 0, -1.0, 1.0)
    maps = (projection * sign[:, None]).reshape(activations.shape[:3])
    return np.maximum(maps, 0).astype(np.float32)


CAMS.add(
    "eigen-cam",
    Method(
        "Eigen-CAM",
        "Muhammad and Yeasin 2020, arXiv:2008.00299",
        eigen_cam,
        needs_gradients=False,
        class_specific=False,
    ),
)
