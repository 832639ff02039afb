"""The anomaly score of each cell, as the model or its mixture gives it. No gradient is involved."""

import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.maps.cams import CAMS, CamInput, Method


def anomaly_map(evidence: CamInput) -> Floats:
    """(N, h, w) what lies above zero of the activations' sum over channels; of one channel, the score."""
    return np.maximum(evidence.activations.sum(axis=-1), 0)


CAMS.add(
    "anomaly-map",
    Method(
        "Anomaly map",
        "score per cell",
        anomaly_map,
        needs_gradients=False,
        class_specific=False,
        offered=False,
    ),
)
