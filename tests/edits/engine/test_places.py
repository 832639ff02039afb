"""Where a control edit goes."""

import numpy as np

from gradcam_core.edits.engine import places


def test_controls_have_the_size_of_what_they_control(hole):
    rng = np.random.default_rng(0)
    moved = [
        *(places.rolled(hole, rng), places.elsewhere(hole, hole, rng)),
        *(places.mirrored(hole, np.zeros_like(hole)), places.far(hole, hole, rng)),
    ]
    assert [int(mask.sum()) for mask in moved] == [16 * 20] * 4
    assert all(places.overlap(mask, hole) <= 0.02 for mask in moved[1:])


def test_a_spot_in_the_middle_still_has_a_control():
    middle = np.zeros((20, 20), dtype=bool)
    middle[8:12, 8:12] = True
    assert places.mirrored(middle, middle).sum() == 16
