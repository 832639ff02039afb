"""One crop for many: a mean where the mark stays, a real crop where a mean would smear it."""

import numpy as np
import pytest

from gradcam_core.edits.engine import typical

COUNT, SIDE = 12, 24


def ground(seed: int, shared: float = 0.0) -> np.ndarray:
    """Noise, and a rib that all crops share."""
    rng = np.random.default_rng(seed)
    crops = 100 + rng.normal(0, 3, (COUNT, SIDE, SIDE, 1)).repeat(3, axis=3)
    crops[:, 4:8] += shared
    return crops


def lines(shift: int, shared: float = 0.0) -> list[np.ndarray]:
    """Crops with a bright line that lies ``shift`` pixels further right in each."""
    crops = ground(0, shared)
    for number, crop in enumerate(crops):
        at = (6 + shift * number) % (SIDE - 2)
        crop[:, at : at + 2] = 220
    return list(np.clip(crops, 0, 255).astype(np.uint8))


def plain(shared: float = 0.0) -> list[np.ndarray]:
    return list(ground(1, shared).astype(np.uint8))


def test_a_mark_at_one_place_is_averaged() -> None:
    mark, other = typical.of_both(lines(0), plain())
    np.testing.assert_array_equal(mark, typical.mean(lines(0)))
    np.testing.assert_array_equal(other, typical.mean(plain()))
    assert mark.dtype == np.uint8 and mark.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize("shared", [0.0, 80.0])
def test_a_line_that_moves_is_shown_by_a_real_crop_in_both_arms(shared: float) -> None:
    """Whatever the crops share beside it: a bright rib survives every mean."""
    marks, plains = lines(3, shared), plain(shared)
    mark, other = typical.of_both(marks, plains)
    assert any(np.array_equal(mark, one) for one in marks)
    assert any(np.array_equal(other, one) for one in plains)
    assert typical.kept(marks, plains) < typical.KEPT < typical.kept(lines(0, shared), plains)


def test_the_medoid_is_no_outlier() -> None:
    crops = [np.full((6, 6, 3), value, np.uint8) for value in (10, 100, 104, 250)]
    assert typical.medoid(crops)[0, 0, 0] in (100, 104)


def test_crops_of_other_sizes_are_compared_at_the_size_of_the_first() -> None:
    small = [np.full((3, 4, 3), 90, np.uint8), np.full((6, 8, 3), 110, np.uint8)]
    assert typical.mean(small).shape == (3, 4, 3)
    assert typical.mean(small)[0, 0, 0] == 100


def test_one_crop_stays_as_it_is() -> None:
    one = lines(0)[0]
    mark, other = typical.of_both([one], [plain()[0]])
    np.testing.assert_array_equal(mark, one)
    np.testing.assert_array_equal(other, plain()[0])
