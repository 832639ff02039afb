"""Annotated shapes are fitted to the picture as it is on disk."""

import pytest

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, Polygon, RunLength
from gradcam_core.images.reading import Header
from gradcam_core.images.regions.clipping import fit_shapes, same_proportions

HEADER = Header((40, 60))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((40, 60), (80, 120), True), ((80, 121), (40, 60), True), ((40, 60), (60, 40), False)],
)
def test_proportions_may_differ_by_rounding(
    one: tuple[int, int], other: tuple[int, int], expected: bool
) -> None:
    assert same_proportions(one, other) is expected


def test_shapes_are_scaled_clipped_and_dropped() -> None:
    shapes = [Box(-5, 5, 10, 30, "cat"), Box(40, 0, 50, 5), Polygon(((0, 0), (30, 0), (30, 10)))]
    fitted, notes = fit_shapes(shapes, (20, 30), lambda: HEADER)
    assert fitted == [Box(0, 10, 20, 40, "cat"), Polygon(((0, 0), (60, 0), (60, 20)))]
    assert notes == ["1 empty or outside the picture"]


def test_annotations_of_another_picture_are_refused() -> None:
    with pytest.raises(SampleError, match="annotated at 60 × 40, but the picture has 40 × 60"):
        fit_shapes([Box(0, 0, 1, 1)], (60, 40), lambda: HEADER)


def test_a_shape_that_knows_its_size_does_not_open_the_picture() -> None:
    shapes = [RunLength((2, 2), (4,))]
    assert fit_shapes(shapes, None, lambda: pytest.fail("opened")) == (shapes, [])


def test_boxes_drawn_on_a_stored_picture_are_turned_with_it() -> None:
    lying = Header((40, 60), turn=6)  # stored on its side, 60 × 40 as people see it
    fitted, _ = fit_shapes([Box(0, 0, 10, 20)], (40, 60), lambda: lying, "stored")
    assert fitted == [Box(20, 0, 40, 10)]
