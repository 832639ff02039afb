"""From probabilities to objects and from boxes to hits, worked by hand on small grids."""

import numpy as np

from gradcam_core.tasks.object_detection.cells import from_text, objects, threshold, to_text


def shares(rows: list[str]) -> np.ndarray:
    """(h, w, 3): "." background, "n" and "b" a sure class, "?" a nut of 0.4."""
    known = {".": (0.9, 0.05, 0.05), "n": (0.1, 0.8, 0.1), "b": (0.1, 0.1, 0.8), "?": (0.3, 0.4, 0.3)}
    return np.array([[known[cell] for cell in row] for row in rows])


def test_neighbours_of_one_class_are_one_object_also_at_a_corner() -> None:
    found = objects(shares(["n..b", ".nb.", "....", "n.?."]), 0.5)
    assert [(one.channel, one.cells) for one in found] == [
        (1, ((0, 0), (1, 1))),
        (2, ((0, 3), (1, 2))),
        (1, ((3, 0),)),
    ]
    assert found[0].centre == (1.0, 1.0) and found[0].score == 0.8


def test_a_lower_threshold_finds_more() -> None:
    assert len(objects(shares([".?."]), 0.5)) == 0
    assert [one.channel for one in objects(shares([".?."]), 0.4)] == [1]
    assert (threshold({}), threshold({"min_score": 0.3})) == (0.5, 0.3)


def test_cells_as_text_and_back() -> None:
    assert from_text(to_text(((0, 3), (12, 5)))) == ((0, 3), (12, 5))
    assert from_text("") == ()
