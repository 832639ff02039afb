"""Background focus of plain arrays, worked by hand."""

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.maps.focus import background_focus


def test_heat_is_shared_out_by_what_the_mask_covers_of_each_cell() -> None:
    mask = np.zeros((4, 4), bool)
    mask[:2, :1] = True  # half of the first of 2×2 cells
    heat = np.array([[3.0, 1.0], [0.0, 0.0]])
    assert background_focus(heat, mask) == pytest.approx([1 - 0.75 * 0.5])


def test_a_mask_may_have_any_size_and_the_unit_of_heat_is_free() -> None:
    mask = np.zeros((1, 3, 3))
    mask[0, :, 0] = 1  # a third of the width, cut by the middle of two cells
    maps = np.array([[[1.0, 1.0]]])
    expected = 1 - 0.5 * 2 / 3
    assert background_focus(maps, mask) == pytest.approx([expected])
    assert background_focus(maps * 1000, mask) == pytest.approx([expected])
    assert background_focus((maps * 1000).astype(int), mask.astype(int)) == pytest.approx([expected])


def test_undefined_is_nan_with_no_warning() -> None:
    maps = np.stack([np.zeros((2, 2)), np.ones((2, 2)), np.full((2, 2), np.nan)])
    masks = np.stack([np.ones((2, 2)), np.zeros((2, 2)), np.ones((2, 2))])
    assert np.isnan(background_focus(maps, masks)).all()


@pytest.mark.parametrize(
    ("maps", "masks", "said"),
    [
        (np.ones((2, 3, 3)), np.ones((1, 3, 3)), "one mask per map"),
        (np.ones((1, 3, 3)), np.full((1, 3, 3), 255), "divide a mask"),
        (np.ones((1, 3, 3)), np.full((1, 3, 3), np.nan), "divide a mask"),
        (np.ones((1, 3, 3, 1)), np.ones((1, 3, 3)), "maps as numbers"),
        (np.ones((1, 3, 3)), [["a"]], "masks as numbers"),
    ],
)
def test_what_does_not_fit_is_said(maps: np.ndarray, masks: np.ndarray, said: str) -> None:
    with pytest.raises(AuditError, match=said):
        background_focus(maps, masks)
