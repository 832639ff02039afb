"""What a run cannot say."""

from typing import Any

import pytest

from gradcam_core.runs.summary import (
    grid_warning,
)
from gradcam_core.runs.summary.limits import skipped
from tests.runs.summary.tables import table_of


def test_skipped_lists_reasons_unreadable_first() -> None:
    table = table_of(["a", "b", "a"], ["a", None, "a"], [0] * 3)
    table.loc[0, ["status", "reason"]] = ["empty map", "no positive evidence"]
    assert skipped(table)["status"].tolist() == ["unreadable", "empty map"]
    assert skipped(table, "fine")["reason"].tolist() == ["not a picture"]


@pytest.mark.parametrize(
    ("grids", "map_set", "said"),
    [
        ({"classic": [7, 7]}, "classic", None),
        ({"classic": [5, 5], "fine": [10, 10]}, "fine", None),
        ({"classic": [3, 3]}, "classic", "no finer map"),
        ({"classic": [7, 4]}, "classic", "(7×4)"),
        ({"classic": [3, 3], "fine": [6, 6]}, "classic", "Read the fine maps (6×6) instead"),
        ({"classic": [2, 2], "fine": [4, 4]}, "fine", "no finer than 5×5"),
    ],
)
def test_a_grid_below_five_cells_is_said(
    grids: dict[str, list[int]], map_set: Any, said: str | None
) -> None:
    found = grid_warning({"maps": {name: {"grid": grid} for name, grid in grids.items()}}, map_set)
    assert found is None if said is None else found is not None and said in found
