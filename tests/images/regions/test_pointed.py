"""The object under a click, and a painted mask as polygons."""

import numpy as np
import pytest

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Picture
from gradcam_core.images.regions import fill_outline
from gradcam_core.images.regions.pointed import painted, pointed_at

SIZE = (180, 240)


@pytest.fixture(scope="module")
def disc() -> tuple[Picture, np.ndarray]:
    """A red disc on a noisy lawn, off the middle, and its mask."""
    rng = np.random.default_rng(2)
    picture = (np.array([60, 140, 60]) + rng.normal(0, 12, (*SIZE, 3))).clip(0, 255).astype(np.uint8)
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    inside = (x - 90) ** 2 + (y - 80) ** 2 < 32**2
    picture[inside] = (np.array([190, 50, 40]) + rng.normal(0, 12, (inside.sum(), 3))).clip(0, 255)
    return picture, inside


def overlap(cover: np.ndarray, other: np.ndarray) -> float:
    one = cover > 0.5
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("click", [(90, 80), (105, 95), (75, 65)])
def test_a_click_on_an_object_finds_all_of_it(click: tuple[int, int], disc) -> None:  # type: ignore[no-untyped-def]
    picture, inside = disc
    outline = pointed_at(picture, click[0] / SIZE[1], click[1] / SIZE[0])
    assert overlap(fill_outline(outline, "drawn", SIZE), inside) > 0.9


def test_one_colour_holds_no_object() -> None:
    try:
        found = pointed_at(np.full((60, 80, 3), 128, np.uint8), 0.5, 0.5)
    except SampleError:
        return
    assert fill_outline(found, "drawn", (60, 80)).mean() < 0.5


def test_painted_runs_are_polygons_with_holes() -> None:
    mask = np.zeros((40, 60), bool)
    mask[10:30, 20:50] = True
    mask[16:24, 30:40] = False
    flat = mask.ravel(order="F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    runs = tuple(int(n) for n in np.diff([0, *edges, flat.size]))
    outline = painted((40, 60), runs)
    assert len(outline) == 2
    assert overlap(fill_outline(outline, "drawn", (40, 60)), mask) > 0.85
    with pytest.raises(SampleError):
        painted((40, 60), (10, 20))
