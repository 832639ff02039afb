"""A contact sheet: pixels stay visible, every tile has its text, a missing picture has a place."""

import numpy as np

from gradcam_core.images.sheet import EMPTY, GAP, WIDTH, contact_sheet, enlarged


def test_small_pictures_become_blocks_and_large_ones_stay() -> None:
    small = np.arange(2 * 2 * 3, dtype=np.uint8).reshape(2, 2, 3)
    large = enlarged(small)
    assert large.shape == (WIDTH, WIDTH, 3)
    assert np.array_equal(large[:: WIDTH // 2, :: WIDTH // 2], small)
    wide = np.zeros((10, 3 * WIDTH, 3), np.uint8)
    assert enlarged(wide).shape == wide.shape


def test_tiles_stand_in_rows_of_three_with_text_below() -> None:
    red = np.full((8, 8, 3), (200, 0, 0), np.uint8)
    sheet = contact_sheet([(red, ["one"]), (None, ["two", "cannot be read"]), (red, []), (red, ["four"])])
    assert tuple(sheet[GAP, GAP]) == (200, 0, 0)
    assert tuple(sheet[GAP + 1, 2 * GAP + WIDTH + 1]) == EMPTY
    assert sheet.shape[0] > 2 * WIDTH and sheet.shape[1] < 4 * WIDTH
    below = sheet[GAP + WIDTH : GAP + WIDTH + 16, GAP : GAP + WIDTH]
    assert (below < 100).any(), "there is a line of text"
    beside = sheet[GAP + WIDTH : GAP + WIDTH + 16, 3 * GAP + 2 * WIDTH :]
    assert (beside == 255).all(), "and none where none was given"


def test_hostile_names_change_no_size() -> None:
    red = np.zeros((8, 8, 3), np.uint8)
    assert contact_sheet([(red, ["a\nb\x1b[2J" * 500])]).shape == contact_sheet([(red, ["a"])]).shape
