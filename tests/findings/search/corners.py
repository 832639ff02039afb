"""Tags in the corners of drawn pictures."""

import numpy as np

from tests.findings.findings_made import HEIGHT, WIDTH
from tests.findings.search.tags import TAG


def corners(pictures: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    """The tag in one of four corners: a mean picture shows it in all of them."""
    for row in np.flatnonzero(labels == "cat"):
        top, left = ((2, 2), (2, 54), (30, 2), (30, 54))[row // 4 % 4]
        pictures[row, top : top + 8, left : left + 8] = TAG
        maps[row, (top + 4) * 5 // HEIGHT, (left + 4) * 8 // WIDTH] += 8
