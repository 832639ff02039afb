"""Moving the overall look of a picture."""

import numpy as np
import pytest

from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.photometry import move
from tests.edits.made import (
    by_object,
    by_tint,
    draw,
    scenes_of,
)
from tests.edits.marks import RED, difference


@pytest.mark.parametrize(("predict", "expected"), [(by_tint, 1.0), (by_object, 0.0)])
def test_moving_the_tint(predict, expected):
    tint = np.where(RED, 14, -14)[:, None, None, None] * np.array([1, 0, -1])
    pictures = np.clip(draw()[0].astype(int) + tint, 0, 255).astype(np.uint8)
    table = run_checks(scenes_of(pictures, predict), predict, None, [], budget=20, only=["photometry"])
    colour = table[table["filler"].str.startswith("colour:")]
    assert difference(colour).tolist() == pytest.approx([expected] * 2, abs=0.1)


def test_a_move_goes_from_median_to_median_and_small_ones_are_left_out():
    own, other = np.array([[[0.0, 5], [1, 6], [2, 70]]]), np.array([[[11.0, 3], [10, 2], [90, 4]]])
    assert move(own, other).tolist() == [10.0, -3.0]
    spread = np.arange(20.0)[None, :, None]
    assert move(spread, spread + 1) is None


def test_a_move_goes_as_far_as_object_and_background_agree():
    """Whole, background, object: by 9 and by 4 in one direction is 4; apart, or one alone, is none."""
    own = np.array([[-0.5], [0.0], [0.5]])[None].repeat(3, axis=0)
    for steps, expected in (((6, 9, 4), 4.0), ((-6, -4, -9), -4.0), ((3, 9, -4), None), ((8, 9, 0), None)):
        moved = move(own, own + np.array(steps, dtype=float)[:, None, None])
        assert (moved if moved is None else moved.tolist()) == (
            expected if expected is None else [expected]
        )


def test_a_bright_object_is_no_look_of_the_whole_picture():
    """The model goes by the mean brightness, which differs by class through the objects alone."""

    def by_light(pictures):
        score = (pictures.astype(float).mean((1, 2, 3)) - 110) / 3
        return np.stack([-score, score], axis=1).astype(np.float32)

    base, cover, _ = draw()
    pictures = np.where(cover[..., None] > 0, np.where(RED, 250, 30)[:, None, None, None], 110 + base % 12)
    scenes = scenes_of(pictures.astype(np.uint8), by_light)
    assert len(run_checks(scenes, by_light, None, [], only=["photometry"])) == 0
    blind = scenes_of(scenes.pictures, by_light, cover=np.full_like(cover, np.nan))
    table = run_checks(blind, by_light, None, [], only=["photometry"])
    assert difference(table[table["filler"].str.startswith("brightness")]).min() > 0.9
