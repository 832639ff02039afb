import numpy as np
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.maps.overlay import blend, color_table, colorize, normalise

HEAT = np.array([[[0, 1, 2]], [[0, 0, 0]], [[4, 8, np.nan]]], np.float32)


@pytest.mark.parametrize(
    ("how", "top", "expected"),
    [
        ("image", None, [[[0, 0.5, 1]], [[0, 0, 0]], [[0.5, 1, np.nan]]]),
        ("shared", None, [[[0, 0.125, 0.25]], [[0, 0, 0]], [[0.5, 1, np.nan]]]),
        ("shared", 2.0, [[[0, 0.5, 1]], [[0, 0, 0]], [[1, 1, np.nan]]]),
    ],
)
def test_normalise(how: str, top: float | None, expected: list) -> None:
    np.testing.assert_allclose(normalise(HEAT, how, top), np.array(expected, np.float32))  # type: ignore[arg-type]


@pytest.mark.parametrize("how", ["image", "percentile", "shared"])
def test_a_map_that_is_nan_all_over_stays_nan(how: str) -> None:
    heat = np.stack([np.full((2, 3), np.nan, np.float32), np.ones((2, 3), np.float32)])
    shown = normalise(heat, how)  # type: ignore[arg-type]
    assert np.isnan(shown[0]).all()
    assert (shown[1] == 1).all()


def test_percentile_is_not_moved_by_one_hot_cell() -> None:
    heat = np.ones((1, 20, 30), np.float32)
    heat[0, 0, 0] = 1000
    assert normalise(heat, "percentile")[0, 5, 5] == pytest.approx(1)
    assert normalise(heat, "image")[0, 5, 5] == pytest.approx(0.001)


def test_tables_are_rgb_and_run_from_dark_to_light() -> None:
    table = color_table("inferno").astype(int)
    assert table.shape == (256, 3)
    assert table[128, 0] > table[128, 2], "the middle of inferno is red, not blue"
    assert table.sum(axis=1)[0] < 20 < 600 < table.sum(axis=1)[255]
    assert color_table("jet")[0].argmax() == 2, "jet starts blue"


def test_alpha_is_the_share_of_the_map() -> None:
    picture = np.full((2, 3, 3), 100, np.uint8)
    shown = np.ones((2, 3), np.float32)
    hot = color_table("viridis")[255].astype(float)
    assert np.array_equal(blend(picture, shown, 0, "viridis"), picture)
    assert np.array_equal(blend(picture, shown, 1, "viridis")[0, 0], hot)
    assert np.array_equal(blend(picture, shown, 0.25, "viridis")[0, 0], np.rint(75 + hot / 4))


def test_what_the_model_did_not_see_shows_the_picture_darkened() -> None:
    shown = np.array([[np.nan, 0.5]], np.float32)
    assert blend(np.full((1, 2, 3), 80, np.uint8), shown)[0, 0].tolist() == [40, 40, 40]
    assert colorize(shown)[0, 0].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: color_table("rainbow"), AuditError, "inferno.*'rainbow'"),
        (
            lambda: blend(np.zeros((2, 3, 3), np.uint8), np.zeros((2, 3), np.float32), 1.5),
            AuditError,
            "0 to 1",
        ),
        (
            lambda: blend(np.zeros((3, 2, 3), np.uint8), np.zeros((2, 3), np.float32)),
            ValueError,
            "one size",
        ),
    ],
)
def test_bad_input_is_named(call, error, message) -> None:
    with pytest.raises(error, match=message):
        call()


def test_cold_places_stay_clear_where_asked() -> None:
    picture, shown = np.full((1, 3, 3), 100, np.uint8), np.array([[0, 0.3, 1]], np.float32)
    faded, whole = blend(picture, shown, 0.5, fade=True), blend(picture, shown, 0.5)
    assert (faded[0, 0] == 100).all() and (whole[0, 0] != 100).any()
    assert np.array_equal(faded[0, 2], whole[0, 2])
