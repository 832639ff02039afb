"""Regions as pixels, grid shares and outlines, against values worked by hand."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, MaskFile, Region, RunLength
from gradcam_core.images.regions import render
from tests.images.regions.drawn import SQUARE, box, filled, mask_file


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
    pixels = render(box(*edges), (4, 6))
    assert pixels.dtype == np.float32
    assert np.array_equal(pixels, filled((4, 6), rows, columns))


def test_shapes_are_united() -> None:
    region = Region("box", (Box(0, 0, 1, 1), SQUARE, RunLength((4, 6), (20, 1, 3))))
    expected = filled((4, 6), slice(1, 3), slice(2, 5))
    expected[0, 0] = expected[0, 5] = 1  # run lengths go down the columns: 20 = column 5, row 0
    assert np.array_equal(render(region, (4, 6)), expected)


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
    region = mask_file(tmp_path / f"m.{suffix}", array)
    assert render(region, (1, 6)).tolist() == [expected]


def test_binary_and_palette_masks(tmp_path: Path) -> None:
    colours = np.zeros((2, 3, 3), np.uint8)
    colours[1, 2] = (128, 0, 0)
    for mode in ("P", "RGB"):
        region = mask_file(tmp_path / f"{mode}.png", colours, mode)
        assert render(region, (2, 3)).tolist() == [[0, 0, 0], [0, 0, 1]]
    region = mask_file(tmp_path / "1.png", np.array([[0, 255]], np.uint8), "1")
    assert render(region, (1, 2)).tolist() == [[0, 1]]


def test_mask_of_another_scale_is_stretched_and_of_another_shape_refused(tmp_path: Path) -> None:
    region = mask_file(tmp_path / "m.png", np.array([[0, 255], [0, 0]], np.uint8))
    assert np.array_equal(render(region, (4, 4)), filled((4, 4), slice(0, 2), slice(2, 4)))
    with pytest.raises(SampleError, match=r"4 × 8.*2 × 2"):
        render(region, (4, 8))
    with pytest.raises(SampleError, match="no such file"):
        render(Region("mask", (MaskFile(tmp_path / "gone.png"),)), (4, 4))
