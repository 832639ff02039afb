"""What a picture looks like, in numbers."""

import numpy as np
import pytest

from gradcam_core.findings.search import appearance


def test_lab_of_white_black_and_red() -> None:
    colours = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.uint8)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.2]]
    assert appearance.to_lab(colours) == pytest.approx(np.array(expected), abs=0.1)
