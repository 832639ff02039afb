"""Edits inside of an object."""

import numpy as np

from gradcam_core.edits.engine import inside


def drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A red square with a green band on blue ground."""
    picture = np.full((30, 30, 3), (0, 0, 200), np.uint8)
    own, band = np.zeros((2, 30, 30), dtype=bool)
    own[5:25, 5:25], band[14:18] = True, True
    picture[own], picture[own & band] = (200, 0, 0), (0, 200, 0)
    return picture, own, band


def test_around_an_object_lie_its_nearest_pixels() -> None:
    picture, own, _ = drawn()
    wide = inside.spread(picture, own)
    np.testing.assert_array_equal(wide[own], picture[own])
    assert (wide[:5] == (200, 0, 0)).all() and (wide[15, 26:] == (0, 200, 0)).all()
    np.testing.assert_array_equal(inside.spread(picture, own & ~own), picture)


def test_a_hole_is_filled_from_the_object_alone() -> None:
    """The hole reaches over the outline: nothing blue comes in, and nothing outside changes."""
    picture, own, band = drawn()
    for filler in ("inpaint", "colour"):
        over = inside.painted(picture, band, own, filler)
        assert (over[15, 6:24, 1:] < 30).all() and (over[15, 6:24, 0] > 150).all(), filler
        np.testing.assert_array_equal(over[~own], picture[~own])


def test_an_object_that_is_all_hole_stays() -> None:
    picture, own, _ = drawn()
    np.testing.assert_array_equal(inside.painted(picture, own, own, "colour"), picture)


def test_a_crop_lands_on_the_object_only() -> None:
    picture, own, band = drawn()
    over = inside.pasted(picture, np.full((4, 9, 3), 255, np.uint8), np.roll(band, -6, axis=0), own)
    np.testing.assert_array_equal(over[~own], picture[~own])
    assert (over[9:11, 8:22] > 150).all()
