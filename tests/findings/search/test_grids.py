"""Maps of a search, as shares of their heat."""

import numpy as np

from gradcam_core.findings.search.grids import shares


def test_shares_sum_to_one_or_are_undefined() -> None:
    maps = np.array([[[1.0, -1.0], [3.0, 0.0]], [[0, 0], [0, 0]], [[np.nan] * 2] * 2])
    found = shares(maps)
    assert found[0].tolist() == [[0.25, 0.0], [0.75, 0.0]]
    assert np.isnan(found[1:]).all()
