"""Rings around the picture, and crops of it."""

import numpy as np
import pytest

from gradcam_core.edits.border_crop import depth, rings, without_ring, zoomed
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    by_frame,
    by_object,
    draw,
    scenes_of,
)
from tests.edits.marks import RED, difference


def test_rings_have_one_area_and_do_not_touch():
    outer, inner = rings((48, 60), np.random.default_rng(3))
    assert not (outer & inner).any()
    assert inner.sum() == pytest.approx(outer.sum(), rel=0.3)
    assert outer[0].all()
    assert outer[:, -1].all()


def test_the_ring_is_replaced_by_the_inside():
    picture = np.full((48, 60, 3), 80, dtype=np.uint8)
    frame = depth((48, 60)) < 3
    picture[frame] = 255
    assert (without_ring(picture, depth((48, 60)) < 4, picture) == 80).all()


def test_zoom_keeps_the_size_and_the_chosen_corner():
    picture = np.zeros((44, 55, 3), dtype=np.uint8)
    picture[0, 0] = 255
    assert zoomed(picture, (0.5, 0.5)).max() == 0
    assert zoomed(picture, (0.0, 0.0))[0, 0, 0] > 200
    assert zoomed(picture, (1.0, 1.0)).shape == picture.shape


@pytest.mark.parametrize(("predict", "expected"), [(by_frame, 1.0), (by_object, 0.0)])
def test_cropping_the_border(predict, expected):
    pictures = draw()[0]
    for part in (np.s_[:, :2], np.s_[:, -2:], np.s_[:, :, :2], np.s_[:, :, -2:]):
        framed = pictures[part]
        framed[RED] = 255
    scenes = scenes_of(pictures, predict)
    table = run_checks(scenes, predict, None, [], only=["border-crop"])
    assert difference(table[table["label"] == "red"]).tolist() == pytest.approx([expected] * 2)
    assert table[(table["label"] == "blue")]["flipped"].sum() == 0
