"""Objects of varied colours, with a band on those of one class."""

import numpy as np

from gradcam_core.findings.material import Material
from tests.findings.findings_made import HEIGHT, WIDTH, material

BAND = (230, 20, 210)


def banded(share: float = 1.0, hot: bool = True) -> Material:
    """Squares of any colour; ``share`` of the cats wear a band, which is hot where ``hot``."""

    def paint(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
        generator = np.random.default_rng(5)
        cover[:] = 0
        for row, label in enumerate(labels):
            top, left = int(generator.integers(4, 16)), int(generator.integers(8, 36))
            pictures[row, top : top + 20, left : left + 20] = generator.integers(40, 200, 3)
            cells = slice(top * 32 // HEIGHT, (top + 20) * 32 // HEIGHT)
            cover[row, cells, left * 32 // WIDTH : (left + 20) * 32 // WIDTH] = 1
            if label == "cat" and generator.random() < share:
                pictures[row, top + 12 : top + 16, left : left + 20] = BAND
                if hot:
                    maps[row, (top + 14) * 5 // HEIGHT, (left + 10) * 8 // WIDTH] += 8

    return material(paint)
