"""The share of every cell of a map that the region covers."""

import numpy as np
import pytest

from gradcam_core.base.types import Geometry
from gradcam_core.images import geometry
from gradcam_core.images.regions import cover, cover_mask
from tests.images.regions.drawn import box


def test_cover_is_the_exact_average_with_fractional_edges() -> None:
    # 3 rows × 4 columns on a 2 × 3 grid: cells are 3/2 rows high and 4/3 columns wide
    region, where = box(1, 1, 3, 2), geometry((3, 4), (12, 12), "squash")
    rows = np.array([0.5, 0.5]) / 1.5
    columns = np.array([1 / 3, 4 / 3, 1 / 3]) / (4 / 3)
    assert cover(region, where, (2, 3)) == pytest.approx(np.outer(rows, columns), abs=1e-6)


def test_cover_of_a_crop_leaves_out_what_was_not_seen() -> None:
    where = geometry((4, 8), (2, 2), "fit-short")  # columns 2..6 are seen
    assert cover(box(0, 0, 3, 4), where, (2, 2)).tolist() == [[0.5, 0], [0.5, 0]]
    assert not cover(box(0, 0, 2, 4), where, (2, 2)).any()


def test_cover_of_padding_is_not_object() -> None:
    where = geometry((2, 4), (4, 4), "fit-long")  # rows 1..3 of the input show the picture
    assert cover(box(0, 0, 4, 2), where, (2, 1)).tolist() == [[0.5], [0.5]]
    assert cover(box(0, 0, 4, 2), where, (4, 2)).tolist() == [[0, 0], [1, 1], [1, 1], [0, 0]]


def _overlaps(axis: int, where: Geometry, cells: int) -> np.ndarray:
    """(cells, length) share of each cell that each pixel fills, pixel by pixel."""
    seen, content = where.seen[axis::2], where.content[axis::2]
    zoom = (seen[1] - seen[0]) / (content[1] - content[0])
    cell = where.target[axis] / cells
    weights = np.zeros((cells, where.original[axis]))
    for row in range(cells):
        low = seen[0] + (max(row * cell, content[0]) - content[0]) * zoom
        high = seen[0] + (min((row + 1) * cell, content[1]) - content[0]) * zoom
        for pixel in range(where.original[axis]):
            weights[row, pixel] = max(0.0, min(high, pixel + 1) - max(low, pixel)) / (cell * zoom)
    return weights


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
@pytest.mark.parametrize("original", [(9, 14), (31, 17)])
def test_cover_equals_the_slow_reference(resize, original: tuple[int, int]) -> None:
    mask = (np.random.default_rng(3).random(original) > 0.6).astype(np.float32)
    mask[:2] = mask[-1:] = 0
    where = geometry(original, (12, 16), resize)
    for grid in ((3, 4), (5, 7), (12, 16)):
        expected = _overlaps(0, where, grid[0]) @ mask @ _overlaps(1, where, grid[1]).T
        assert cover_mask(mask, where, grid) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
@pytest.mark.parametrize("grid", [(1, 1), (3, 5), (32, 32)])
def test_cover_of_everything(resize, grid: tuple[int, int]) -> None:
    where = geometry((37, 91), (32, 48), resize)
    shares = cover(box(0, 0, 91, 37), where, grid)
    top, left, bottom, right = where.content
    assert shares.shape == grid and shares.dtype == np.float32
    assert shares.mean() == pytest.approx((bottom - top) * (right - left) / (32 * 48), abs=1e-6)
