"""Names of rows and columns, and arrays that are checked at the door."""

import numpy as np
import pytest

from gradcam_core.base.types import (
    InputSpec,
    as_tuple,
    check_array,
    column,
    map_set_of,
    picture_of,
    plain_name,
)


@pytest.mark.parametrize(
    ("row", "picture"), [("a/b#2", "a/b"), ("a/b", "a/b"), ("a#b#10", "a#b"), ("#1", "#1")]
)
def test_a_row_is_on_the_picture_that_its_id_begins_with(row: str, picture: str) -> None:
    assert picture_of(row) == picture


def test_columns_of_fine_maps_are_told_by_their_beginning() -> None:
    assert (column("classic", "focus"), column("fine", "focus")) == ("focus", "fine_focus")
    for map_set in ("classic", "fine"):
        name = column(map_set, "focus")
        assert (map_set_of(name), plain_name(name)) == (map_set, "focus")


def test_an_array_of_another_shape_or_kind_is_named() -> None:
    check_array("maps", np.zeros((1, 2, 2), np.float32), 3)
    with pytest.raises(ValueError, match=r"maps: expected 3 axes .* got shape \(2, 2\)"):
        check_array("maps", np.zeros((2, 2), np.float32), 3)
    with pytest.raises(ValueError, match=r"got shape .* dtype int64"):
        check_array("maps", np.zeros((1, 2, 2), np.int64), 3)


def test_sizes_are_height_and_width() -> None:
    assert InputSpec(4, 6, 3).size == (4, 6) == as_tuple([4, 6])
    with pytest.raises(ValueError, match="too many values"):
        as_tuple([4, 6, 3])
