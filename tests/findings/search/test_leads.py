"""What a search hands over."""

import numpy as np

from gradcam_core.findings.search.leads import box_of


def test_boxes_are_shares() -> None:
    cells = np.zeros((4, 5), bool)
    cells[1, 2:4] = True
    assert box_of(cells) == (0.25, 0.4, 0.5, 0.8)
