"""Where a part lies, and its control: the same size and heat elsewhere inside the object."""

import numpy as np

from gradcam_core.findings.search.parts.boxes import control, largest


def drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An object of 24 by 24, a band across its lower half, and heat: the band and a place above are hot."""
    inside, part = np.zeros((2, 40, 40), dtype=bool)
    inside[8:32, 8:32], part[22:26, 8:32] = True, True
    heat = np.full((40, 40), 0.1, np.float32)
    heat[22:26], heat[12:16] = 1.0, 1.0
    return inside, part, heat


def test_the_box_of_a_part_is_that_of_its_largest_piece() -> None:
    _, part, _ = drawn()
    part[2, 2] = True
    part[22:26, 19] = False  # a gap of one pixel does not divide it
    assert largest(part) == (22, 8, 26, 32)
    assert largest(np.zeros((4, 4), dtype=bool)) is None


def test_the_control_is_as_large_as_hot_and_beside_the_part() -> None:
    inside, part, heat = drawn()
    found = control((22, 8, 26, 32), part, inside, heat)
    assert found == (12, 8, 16, 32)


def test_a_part_that_leaves_no_room_has_no_control() -> None:
    inside, part, heat = drawn()
    assert control((8, 8, 30, 32), part, inside, heat) is None
    inside[8:22] = inside[26:] = False
    assert control((22, 8, 26, 32), part, inside, heat) is None
