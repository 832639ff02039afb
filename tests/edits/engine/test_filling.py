"""Seams, holes and the places of controls."""

import numpy as np
import pytest

from gradcam_core.edits.engine import filling


def test_seams_are_continuous(hole):
    for alpha in (filling.soft(hole), filling.soft_around(hole)):
        steps = [np.abs(np.diff(alpha, axis=axis)).max() for axis in (0, 1)]
        assert max(steps) < 0.5
        assert alpha[18, 18] == pytest.approx(1)
        assert alpha[40, 50] == pytest.approx(0, abs=1e-6)
    assert (filling.soft_around(hole)[hole] > 0.999).all()


def test_blend_by_hand():
    base, over = np.full((1, 2, 3), 100, np.uint8), np.full((1, 2, 3), 200, np.uint8)
    mixed = filling.blend(base, over, np.float32([[0.25, 1.0]]))
    assert mixed[0, :, 0].tolist() == [125, 200]


def test_inpainting_touches_the_hole_only(hole):
    picture = np.random.default_rng(0).integers(0, 256, (48, 60, 3)).astype(np.uint8)
    painted = filling.inpaint(picture, hole)
    assert np.array_equal(painted[~hole], picture[~hole])
    assert np.array_equal(filling.inpaint(picture, np.ones_like(hole)), picture)


def test_the_largest_free_band_is_tiled(hole):
    assert filling.free_band(hole) == (slice(None), slice(28, 60))
    picture = np.zeros((48, 60, 3), dtype=np.uint8)
    picture[:, 28:] = 90
    tiled = filling.tiles(picture, hole)
    assert tiled is not None
    assert tiled.shape == (48, 60, 3)
    assert (tiled == 90).all()
    assert filling.tiles(picture, np.ones_like(hole)) is None


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((12, 52), (slice(None), slice(0, 12))),  # a fifth of the width: sky stays above the ground
        ((10, 52), (slice(0, 30), slice(None))),  # narrower: the larger band above
        ((0, 60), (slice(0, 30), slice(None))),
    ],
)
def test_a_band_to_the_side_is_worth_more_than_one_above(columns, expected):
    hole = np.zeros((48, 60), dtype=bool)
    hole[30:40, slice(*columns)] = True
    assert filling.free_band(hole) == expected


def test_nothing_to_hide_leaves_the_whole_picture_free():
    assert filling.free_band(np.zeros((48, 60), dtype=bool)) == (slice(None), slice(None))


def test_tiled_holes_take_the_light_of_their_ring(hole):
    picture = np.full((48, 60, 3), 50, dtype=np.uint8)
    picture[:, 32:] = 200
    filled = filling.remove(picture, hole, "tiles")
    assert filled[18, 18].tolist() == pytest.approx([50, 50, 50], abs=2)


def test_boxes_grow_and_shrink_about_their_centre():
    cover = np.zeros((40, 40), dtype=np.float32)
    cover[10:30, 10:30] = 1
    assert filling.grow(cover, -0.2).sum() == 16 * 16
    assert filling.grow(cover, 0.2).sum() == 24 * 24
    assert filling.grow(np.zeros((4, 4), dtype=np.float32), 0.5).sum() == 0
