"""A specification of network inputs, and a grey picture by its values."""

import numpy as np

from gradcam_core.base.types import InputSpec


def spec_of(height: int, width: int, **changes) -> InputSpec:
    return InputSpec(height, width, 3, **changes)


def grey(values) -> np.ndarray:
    return np.repeat(np.array(values, np.uint8)[..., None], 3, axis=2)
