"""Regions as pixels, grid shares and outlines, against values worked by hand."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, Geometry, MaskFile, Polygon, Region, RunLength
from gradcam_core.images import geometry
from gradcam_core.images.regions import cover, cover_mask, outline, render

SQUARE = Polygon(((2, 1), (5, 1), (5, 3), (2, 3)))


def _box(*edges: float) -> Region:
    return Region("box", (Box(*edges),))


def _expected(size: tuple[int, int], rows: slice, columns: slice) -> np.ndarray:
    pixels = np.zeros(size, np.float32)
    pixels[rows, columns] = 1
    return pixels


@pytest.mark.parametrize(
    ("edges", "rows", "columns"),
    [
        ((2, 1, 5, 3), slice(1, 3), slice(2, 5)),
        ((1.6, 0.4, 5.4, 2.6), slice(0, 3), slice(2, 5)),  # pixels whose centre lies inside
        ((-9, -9, 99, 99), slice(0, 4), slice(0, 6)),
        ((3.1, 2.1, 3.2, 2.2), slice(2, 3), slice(3, 4)),  # never less than one pixel
    ],
)
def test_boxes(edges: tuple[float, ...], rows: slice, columns: slice) -> None:
    pixels = render(_box(*edges), (4, 6))
    assert pixels.dtype == np.float32
    assert np.array_equal(pixels, _expected((4, 6), rows, columns))


def test_shapes_are_united() -> None:
    region = Region("box", (Box(0, 0, 1, 1), SQUARE, RunLength((4, 6), (20, 1, 3))))
    expected = _expected((4, 6), slice(1, 3), slice(2, 5))
    expected[0, 0] = expected[0, 5] = 1  # run lengths go down the columns: 20 = column 5, row 0
    assert np.array_equal(render(region, (4, 6)), expected)


def test_compressed_run_length() -> None:
    pixels = np.asfortranarray(_expected((4, 6), slice(1, 3), slice(2, 5)).astype(np.uint8))
    counts = coco.encode(pixels)["counts"].decode()
    assert np.array_equal(render(Region("mask", (RunLength((4, 6), counts),)), (4, 6)), pixels)


@pytest.mark.parametrize("counts", [(3, 4), (30, -6), "8Z2é", "~~~~~~~~~~~~", ()])
def test_damaged_run_length_is_a_reason(counts: str | tuple[int, ...]) -> None:
    with pytest.raises(SampleError, match="damaged"):
        render(Region("mask", (RunLength((4, 6), counts),)), (4, 6))


def _mask(path: Path, array: np.ndarray, mode: str | None = None) -> Region:
    image = Image.fromarray(array)
    (image.convert(mode) if mode else image).save(path)
    return Region("mask", (MaskFile(path),))


ROW = np.array([[0, 1, 100, 127, 128, 255]], np.uint8)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (ROW, [0, 0, 0, 0, 1, 1]),
        (np.minimum(ROW, 100), [0, 1, 1, 1, 1, 1]),  # class or instance ids
        (ROW.astype(np.uint16) * 100, [0, 1, 1, 1, 1, 1]),
        (ROW.astype(np.float32) / 255, [0, 0, 0, 0, 1, 1]),
        (ROW * 0, [0, 0, 0, 0, 0, 0]),
        (np.dstack([ROW, ROW, ROW]), [0, 0, 0, 0, 1, 1]),
        (np.dstack([ROW // 2, ROW * 0, ROW * 0]), [0, 0, 1, 1, 1, 1]),  # a colour per class
        (np.dstack([ROW * 0, ROW * 0, ROW * 0, ROW]), [0, 0, 0, 0, 1, 1]),  # only alpha speaks
        (np.dstack([ROW, ROW, ROW, ROW * 0 + 255]), [0, 0, 0, 0, 1, 1]),
    ],
)
def test_what_is_object_in_a_mask_picture(tmp_path: Path, array: np.ndarray, expected: list[int]) -> None:
    suffix = "tif" if array.dtype == np.float32 else "png"
    region = _mask(tmp_path / f"m.{suffix}", array)
    assert render(region, (1, 6)).tolist() == [expected]


def test_binary_and_palette_masks(tmp_path: Path) -> None:
    colours = np.zeros((2, 3, 3), np.uint8)
    colours[1, 2] = (128, 0, 0)
    for mode in ("P", "RGB"):
        region = _mask(tmp_path / f"{mode}.png", colours, mode)
        assert render(region, (2, 3)).tolist() == [[0, 0, 0], [0, 0, 1]]
    region = _mask(tmp_path / "1.png", np.array([[0, 255]], np.uint8), "1")
    assert render(region, (1, 2)).tolist() == [[0, 1]]


def test_mask_of_another_scale_is_stretched_and_of_another_shape_refused(tmp_path: Path) -> None:
    region = _mask(tmp_path / "m.png", np.array([[0, 255], [0, 0]], np.uint8))
    assert np.array_equal(render(region, (4, 4)), _expected((4, 4), slice(0, 2), slice(2, 4)))
    with pytest.raises(SampleError, match=r"4 × 8.*2 × 2"):
        render(region, (4, 8))
    with pytest.raises(SampleError, match="no such file"):
        render(Region("mask", (MaskFile(tmp_path / "gone.png"),)), (4, 4))


def test_cover_is_the_exact_average_with_fractional_edges() -> None:
    # 3 rows × 4 columns on a 2 × 3 grid: cells are 3/2 rows high and 4/3 columns wide
    region, where = _box(1, 1, 3, 2), geometry((3, 4), (12, 12), "squash")
    rows = np.array([0.5, 0.5]) / 1.5
    columns = np.array([1 / 3, 4 / 3, 1 / 3]) / (4 / 3)
    assert cover(region, where, (2, 3)) == pytest.approx(np.outer(rows, columns), abs=1e-6)


def test_cover_of_a_crop_leaves_out_what_was_not_seen() -> None:
    where = geometry((4, 8), (2, 2), "fit-short")  # columns 2..6 are seen
    assert cover(_box(0, 0, 3, 4), where, (2, 2)).tolist() == [[0.5, 0], [0.5, 0]]
    assert not cover(_box(0, 0, 2, 4), where, (2, 2)).any()


def test_cover_of_padding_is_not_object() -> None:
    where = geometry((2, 4), (4, 4), "fit-long")  # rows 1..3 of the input show the picture
    assert cover(_box(0, 0, 4, 2), where, (2, 1)).tolist() == [[0.5], [0.5]]
    assert cover(_box(0, 0, 4, 2), where, (4, 2)).tolist() == [[0, 0], [1, 1], [1, 1], [0, 0]]


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
    shares = cover(_box(0, 0, 91, 37), where, grid)
    top, left, bottom, right = where.content
    assert shares.shape == grid and shares.dtype == np.float32
    assert shares.mean() == pytest.approx((bottom - top) * (right - left) / (32 * 48), abs=1e-6)


def test_outlines_are_shares_of_the_picture() -> None:
    assert outline(_box(2, 1, 4, 3), (4, 8)) == [[0.25, 0.25, 0.5, 0.25, 0.5, 0.75, 0.25, 0.75]]
    assert outline(Region("mask", (SQUARE,)), (4, 8)) == [
        [0.25, 0.25, 0.625, 0.25, 0.625, 0.75, 0.25, 0.75]
    ]


def test_outline_of_a_mask_follows_its_border(tmp_path: Path) -> None:
    pixels = np.zeros((40, 80), np.uint8)
    pixels[10:30, 20:60] = 255
    (points,) = outline(_mask(tmp_path / "m.png", pixels), (40, 80))
    corners = np.array(points).reshape(-1, 2) * (80, 40)
    assert corners.min(axis=0) == pytest.approx([20, 10], abs=0.51)
    assert corners.max(axis=0) == pytest.approx([60, 30], abs=0.51)
    assert outline(_mask(tmp_path / "e.png", pixels * 0), (40, 80)) == []
