"""A hole in the middle of a picture."""

import numpy as np
import pytest


@pytest.fixture
def hole():
    mask = np.zeros((48, 60), dtype=bool)
    mask[10:26, 8:28] = True
    return mask
