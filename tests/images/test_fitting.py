"""Pictures are fitted to the network's input, and maps find their way back."""

import numpy as np
import pytest
from PIL import Image

from gradcam_core.images import (
    fit,
    geometry,
    map_to_picture,
)
from tests.images.specs import grey, spec_of


@pytest.mark.parametrize(
    ("original", "target", "resize", "seen", "content"),
    [
        ((100, 200), (50, 60), "squash", (0, 0, 100, 200), (0, 0, 50, 60)),
        ((100, 201), (50, 50), "fit-short", (0, 50, 100, 150), (0, 0, 50, 50)),
        ((201, 100), (50, 50), "fit-short", (50, 0, 150, 100), (0, 0, 50, 50)),
        ((90, 120), (40, 80), "fit-short", (15, 0, 75, 120), (0, 0, 40, 80)),
        ((100, 200), (50, 50), "fit-long", (0, 0, 100, 200), (12, 0, 37, 50)),
        ((200, 100), (50, 50), "fit-long", (0, 0, 200, 100), (0, 12, 50, 37)),
        ((49, 49), (224, 224), "fit-long", (0, 0, 49, 49), (0, 0, 224, 224)),
        ((1, 1000), (10, 10), "fit-long", (0, 0, 1, 1000), (4, 0, 5, 10)),
        ((1, 1000), (100, 10), "fit-short", (0, 499, 1, 500), (0, 0, 100, 10)),
    ],
)
def test_geometry_by_hand(original, target, resize, seen, content) -> None:
    where = geometry(original, target, resize)
    assert where.seen == seen
    assert where.content == content


def test_area_averages_where_it_shrinks() -> None:
    picture = grey([[0, 100, 200, 40], [0, 100, 200, 40]])
    fitted = fit(picture, spec_of(1, 2), geometry((2, 4), (1, 2), "squash"))
    assert fitted[..., 0].tolist() == [[50, 120]]


def test_area_averages_one_axis_while_the_other_grows() -> None:
    picture = grey([[0, 100, 200, 40]])
    fitted = fit(picture, spec_of(3, 2), geometry((1, 4), (3, 2), "squash"))
    assert fitted[..., 0].tolist() == [[50, 120]] * 3


def test_nearest_makes_no_new_values() -> None:
    picture = grey([[0, 100, 200, 40]])
    spec = spec_of(2, 8, resize_method="nearest")
    fitted = fit(picture, spec, geometry((1, 4), (2, 8), "squash"))
    assert fitted[0, :, 0].tolist() == [0, 0, 100, 100, 200, 200, 40, 40]


def test_lanczos_is_pillows() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    spec = spec_of(7, 9, resize_method="lanczos3")
    expected = np.asarray(Image.fromarray(picture).resize((9, 7), Image.Resampling.LANCZOS))
    assert np.array_equal(fit(picture, spec, geometry((20, 30), (7, 9), "squash")), expected)


def test_fit_short_crops_and_fit_long_pads() -> None:
    picture = grey([[10, 20, 30, 40], [10, 20, 30, 40]])
    short = fit(picture, spec_of(2, 2), geometry((2, 4), (2, 2), "fit-short"))
    assert short[..., 0].tolist() == [[20, 30], [20, 30]]
    long = fit(picture, spec_of(4, 4), geometry((2, 4), (4, 4), "fit-long"))
    assert long[..., 0].tolist() == [[0] * 4, [10, 20, 30, 40], [10, 20, 30, 40], [0] * 4]


def test_map_back_of_squash_is_bilinear_with_half_pixel_centres() -> None:
    where = geometry((1, 8), (1, 4), "squash")
    mapped = map_to_picture(np.array([[0.0, 1.0]], np.float32), where)
    # at the input: 0, 1/4, 3/4, 1; then doubled the same way
    assert mapped[0] == pytest.approx([0, 1 / 16, 3 / 16, 3 / 8, 5 / 8, 13 / 16, 15 / 16, 1])


def test_map_back_of_fit_short_knows_what_was_not_seen() -> None:
    where = geometry((2, 6), (2, 2), "fit-short")
    mapped = map_to_picture(np.array([[3.0]], np.float32), where)
    assert np.isnan(mapped[:, [0, 1, 4, 5]]).all()
    assert (mapped[:, 2:4] == 3).all()


def test_map_back_of_fit_long_drops_the_padding() -> None:
    where = geometry((2, 4), (4, 4), "fit-long")
    rows = np.array([[9.0] * 4, [1.0] * 4, [2.0] * 4, [9.0] * 4], np.float32)
    mapped = map_to_picture(rows, where, smooth=False)
    assert mapped.tolist() == [[1.0] * 4, [2.0] * 4]
