"""Two heaps are told from one."""

import numpy as np
import pytest

from gradcam_core.base.intervals import two_heaps

RNG = np.random.default_rng(4)


@pytest.mark.parametrize(
    ("values", "heaps"),
    [
        (np.concatenate([RNG.normal(1.0, 0.05, 70), RNG.normal(1.9, 0.1, 30)]), (70, 30)),
        (np.concatenate([RNG.normal(1.0, 0.05, 95), RNG.normal(1.9, 0.1, 5)]), None),
        (RNG.normal(1.0, 0.3, 200), None),
        (RNG.random(200), None),
        (RNG.exponential(1.0, 200), None),
        (np.ones(200), None),
        (np.repeat([1.0, 2.0], 10), None),
        (np.full(60, np.nan), None),
    ],
)
def test_two_heaps_are_told_from_one(values: np.ndarray, heaps: tuple[int, int] | None) -> None:
    found = two_heaps(values)
    assert (None if found is None else tuple(len(part) for part in found)) == heaps
