"""Noise pictures as inputs of the networks beside this file."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def inputs():
    rng = np.random.default_rng(0)
    pictures = rng.uniform(0, 0.2, (20, 40, 48, 3))
    for row in range(20):
        top, left = rng.integers(0, 24), rng.integers(0, 30)
        pictures[row, top : top + 14, left : left + 16, 0 if row % 2 else 2] = 1
    return pictures.astype(np.float32)
