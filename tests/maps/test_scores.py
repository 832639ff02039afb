"""Scores: hand-worked values, laws over all of them, and the oracles of simulated squares."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from gradcam_core.maps.scores import SCORES, ScoreInput
from gradcam_core.maps.scores._grid import dilate, ring

SIDE = 224


def score(name: str, maps: object, cover: object) -> np.ndarray:
    data = ScoreInput(np.asarray(maps, np.float32), np.asarray(cover, np.float32))
    return SCORES[name].compute(data)


# One 2×3 map with 6 units of heat, object on the left column and half of the middle of the top row.
MAP = [[[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]]]
COVER = [[[1.0, 0.5, 0.0], [1.0, 0.0, 0.0]]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("background_focus", (0.5 + 2) / 6),
        ("chance_focus", 1 - 2.5 / 6),
        ("floor_focus", 1 - 2.25 / 2.5),
        # below chance 0.5833: (0.41667 - 0.1) / (0.58333 - 0.1)
        ("normalized_background_focus", (2.5 / 6 - 0.1) / (3.5 / 6 - 0.1)),
        ("pointing_hit", 1.0),  # two equal maxima, one on the object
        ("concentration", 1 - np.log(6) / np.log(6) + (np.log(6) - 1.3296613488547582) / np.log(6)),
    ],
)
def test_hand_worked_values(name: str, expected: float) -> None:
    assert score(name, MAP, COVER)[0] == pytest.approx(expected, abs=1e-6)


def test_above_chance_the_ruler_runs_from_one_to_two() -> None:
    cover = np.zeros((1, 5, 7), np.float32)
    cover[0, 2, 1:3] = 1
    everywhere, elsewhere = np.ones((1, 5, 7)), 1 - cover
    assert score("normalized_background_focus", everywhere, cover)[0] == pytest.approx(1)
    assert score("normalized_background_focus", elsewhere, cover)[0] == pytest.approx(2)
    assert score("normalized_background_focus", cover, cover)[0] == pytest.approx(0)


def test_far_background_ignores_the_neighbouring_cells() -> None:
    cover = np.zeros((1, 5, 7))
    cover[0, 2, 3] = 1
    beside, far = np.zeros((1, 5, 7)), np.zeros((1, 5, 7))
    beside[0, 1, 2], far[0, 0, 0] = 1, 1
    assert score("far_background_focus", beside, cover)[0] == 0
    assert score("far_background_focus", far, cover)[0] == 1


@pytest.mark.parametrize(
    ("name", "cover", "why"),
    [
        ("far_background_focus", np.ones((1, 4, 5)), "no background is far"),
        ("normalized_background_focus", np.full((1, 4, 5), 0.95), "object covers over 90 %"),
        ("normalized_background_focus", np.full((1, 4, 5), 0.5), "floor equals chance"),
        ("background_focus", np.zeros((1, 4, 5)), "empty region"),
        ("pointing_hit", np.zeros((1, 4, 5)), "empty region"),
    ],
)
def test_what_cannot_be_scored_is_nan(name: str, cover: np.ndarray, why: str) -> None:
    assert np.isnan(score(name, np.random.default_rng(0).random((1, 4, 5)), cover)[0]), why


def test_ring_and_dilation_on_a_grid_that_is_not_square() -> None:
    assert ring(5, 10)[0, 0] == pytest.approx(1 - (1 - 0.4) * (1 - 0.8))
    assert ring(50, 25).mean() == pytest.approx(1 - 0.84**2)
    cover = np.zeros((1, 3, 5))
    cover[0, 0, 0] = 0.7
    assert dilate(cover)[0].tolist() == [[0.7, 0.7, 0, 0, 0], [0.7, 0.7, 0, 0, 0], [0, 0, 0, 0, 0]]


def random_input(rows: int = 6) -> ScoreInput:
    rng = np.random.default_rng(3)
    cover = np.zeros((rows, 5, 8), np.float32)
    for row in range(rows):
        cover[row, 1 : 3 + row % 2, 2 : 4 + row % 3] = 1
        cover[row, 1] *= rng.random()
    return ScoreInput(rng.random((rows, 5, 8)).astype(np.float32), cover)


@pytest.mark.parametrize("name", sorted(SCORES))
def test_laws_that_hold_for_every_score(name: str) -> None:
    data, compute, spec = random_input(), SCORES[name].compute, SCORES[name]
    values = compute(data)
    assert values.shape == (6,)
    assert (values[np.isfinite(values)] >= spec.range[0]).all()
    assert (values[np.isfinite(values)] <= spec.range[1]).all()
    order = np.array([3, 1, 5, 0, 2, 4])
    assert np.array_equal(compute(ScoreInput(data.maps[order], data.cover[order])), values[order])
    assert np.allclose(
        compute(ScoreInput(data.maps * 1e-30, data.cover)), values, rtol=1e-5, equal_nan=True
    )


@pytest.mark.parametrize("name", sorted(set(SCORES) - {"chance_focus", "floor_focus"}))
@pytest.mark.parametrize("bad", [0.0, np.nan])
def test_a_map_without_heat_has_no_score(name: str, bad: float) -> None:
    data = random_input(2)
    data.maps[1] = bad
    values = SCORES[name].compute(data)
    assert np.isfinite(values[0])
    assert np.isnan(values[1])


@pytest.mark.parametrize("name", sorted(name for name in SCORES if SCORES[name].needs_region))
def test_a_sample_without_region_has_no_region_score(name: str) -> None:
    data = random_input(2)
    data.cover[1] = np.nan
    assert np.isfinite(SCORES[name].compute(data)).tolist() == [True, False]


def squares(grid: int, area: float, count: int = 200) -> np.ndarray:
    """(count, grid, grid) exact cover of squares of one area at random places of a 224-pixel canvas."""
    rng = np.random.default_rng(0)
    side = round(SIDE * np.sqrt(area))
    edges = np.arange(grid + 1) * SIDE / grid
    cover = np.empty((count, grid, grid))
    for index in range(count):
        top, left = rng.integers(0, SIDE - side + 1, 2)
        rows, columns = (np.diff(np.clip(edges, low, low + side)) for low in (top, left))
        cover[index] = np.outer(rows, columns) / (SIDE / grid) ** 2
    return cover


def blurred(cover: np.ndarray) -> np.ndarray:
    return np.stack([gaussian_filter(one, 0.6, mode="constant") for one in cover])


@pytest.mark.parametrize(
    ("grid", "floors"),
    [
        (3, (0.695, 0.517, 0.350, 0.306)),
        (5, (0.521, 0.311, 0.218, 0.178)),
        (7, (0.381, 0.228, 0.160, 0.131)),
        (14, (0.199, 0.119, 0.085, 0.065)),
    ],
)
def test_floors_of_random_squares(grid: int, floors: tuple[float, ...]) -> None:
    for area, expected in zip((0.05, 0.15, 0.30, 0.50), floors, strict=True):
        cover = squares(grid, area)
        assert np.mean(score("floor_focus", cover, cover)) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("grid", "area", "focus", "ruler"),
    [
        (7, 0.05, 0.56, 0.32),
        (7, 0.10, 0.43, 0.23),
        (7, 0.50, 0.18, 0.16),
        (14, 0.20, 0.17, 0.09),
        (4, 0.10, 0.64, 0.38),
    ],
)
def test_a_faithful_map_scores_the_same_behaviour(
    grid: int, area: float, focus: float, ruler: float
) -> None:
    cover = squares(grid, area)
    maps = blurred(cover)
    assert np.mean(score("background_focus", maps, cover)) == pytest.approx(focus, abs=0.02)
    assert np.nanmean(score("normalized_background_focus", maps, cover)) == pytest.approx(ruler, abs=0.02)


@pytest.mark.parametrize(
    ("share", "focus", "ruler", "far"),
    [(0.0, 0.42, 0.23, 0.04), (0.10, 0.48, 0.33, 0.13), (0.25, 0.56, 0.45, 0.26), (0.50, 0.69, 0.67, 0.47)],
)
def test_far_focus_reads_the_heat_planted_on_a_corner_marker(
    share: float, focus: float, ruler: float, far: float
) -> None:
    cover = squares(7, 0.10)
    faithful = blurred(cover)
    faithful /= faithful.sum(axis=(1, 2), keepdims=True)
    marker = np.zeros((7, 7))
    marker[0, 6] = 1
    marker = gaussian_filter(marker, 0.6, mode="constant")
    maps = (1 - share) * faithful + share * marker / marker.sum()
    assert np.mean(score("background_focus", maps, cover)) == pytest.approx(focus, abs=0.03)
    assert np.nanmean(score("normalized_background_focus", maps, cover)) == pytest.approx(ruler, abs=0.04)
    assert np.nanmean(score("far_background_focus", maps, cover)) == pytest.approx(far, abs=0.03)


def test_maps_and_cover_must_have_one_shape() -> None:
    with pytest.raises(ValueError, match=r"one shape, got \(1, 2, 3\) and \(1, 3, 2\)"):
        ScoreInput(np.zeros((1, 2, 3), np.float32), np.zeros((1, 3, 2), np.float32))
