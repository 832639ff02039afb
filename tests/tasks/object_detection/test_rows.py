"""Rows that are objects, by the cells of their grid."""

import numpy as np

from gradcam_core.tasks.object_detection.cells import to_text
from gradcam_core.tasks.object_detection.rows import cell_shares, explained_weights

GRID = (2, 3)
TEXTS = [to_text([(0, 0), (1, 2)]), ""]


def test_shares_are_of_the_rows_own_cells_or_of_all() -> None:
    own, every = cell_shares(TEXTS, GRID)
    assert own.tolist() == [[0.5, 0, 0], [0, 0, 0.5]]
    assert np.allclose(every, 1 / 6)


def test_weights_name_the_explained_class_in_each_cell() -> None:
    names = ("background", "nut")
    weights = explained_weights(cell_shares(TEXTS, GRID), ["nut", "background"], names)
    own, every = weights.reshape(2, *GRID, 2)
    assert np.argwhere(own).tolist() == [[0, 0, 1], [1, 2, 1]]
    assert every[..., 0].all() and not every[..., 1].any()
