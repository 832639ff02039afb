"""Outlines back to pixels."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.types import Box, MaskFile, Region
from gradcam_core.images.regions import fill_outline, outline, render
from tests.images.regions.drawn import SQUARE, box, mask_file

SIZE = (60, 90)


def test_boxes_come_back_exactly_and_overlap_is_not_a_hole() -> None:
    region = Region("box", (Box(10, 5, 40, 30), Box(30, 20, 70, 50)))
    drawn = fill_outline(outline(region, SIZE), "box", SIZE)
    np.testing.assert_array_equal(drawn, render(region, SIZE))


@pytest.mark.parametrize("hole", [False, True])
def test_masks_come_back_up_to_their_edge(hole: bool, tmp_path: Path) -> None:
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    distance = np.hypot(rows - 30, columns - 45)
    mask = (distance < 25) & (distance > 10) if hole else distance < 25
    Image.fromarray((mask * 255).astype(np.uint8)).save(tmp_path / "m.png")
    region = Region("mask", (MaskFile(tmp_path / "m.png"),))
    drawn = fill_outline(outline(region, SIZE), "mask", SIZE).astype(bool)
    union = (drawn | mask).sum()
    assert (drawn & mask).sum() / union > (0.90 if hole else 0.97)
    assert drawn[30, 45] == (not hole)


def test_outlines_are_shares_of_the_picture() -> None:
    assert outline(box(2, 1, 4, 3), (4, 8)) == [[0.25, 0.25, 0.5, 0.25, 0.5, 0.75, 0.25, 0.75]]
    assert outline(Region("mask", (SQUARE,)), (4, 8)) == [
        [0.25, 0.25, 0.625, 0.25, 0.625, 0.75, 0.25, 0.75]
    ]


def test_outline_of_a_mask_follows_its_border(tmp_path: Path) -> None:
    pixels = np.zeros((40, 80), np.uint8)
    pixels[10:30, 20:60] = 255
    (points,) = outline(mask_file(tmp_path / "m.png", pixels), (40, 80))
    corners = np.array(points).reshape(-1, 2) * (80, 40)
    assert corners.min(axis=0) == pytest.approx([20, 10], abs=0.51)
    assert corners.max(axis=0) == pytest.approx([60, 30], abs=0.51)
    assert outline(mask_file(tmp_path / "e.png", pixels * 0), (40, 80)) == []
