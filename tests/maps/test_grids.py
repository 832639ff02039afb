"""Averages of pixels over the cells of a grid."""

import numpy as np
import pytest

from gradcam_core.maps.grids import averaged


def test_averages_of_cells_that_do_not_divide() -> None:
    """Three cells of 1, 2, 3 on two: (1 + 2/2) / 1.5 and (2/2 + 3) / 1.5."""
    grid = np.array([[[1.0, 2.0, 3.0]]])
    assert averaged(grid, (1, 2))[0, 0] == pytest.approx([4 / 3, 8 / 3])
