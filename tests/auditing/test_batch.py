"""Batches joined to one."""

import numpy as np

from gradcam_core.auditing.batch import join
from tests.auditing.parts.made import part


def test_joined_parts_have_gaps_where_one_has_no_array() -> None:
    whole = join([part("a", embedded=False), part("b", "c")])
    assert list(whole.columns["sample_id"]) == ["a", "b", "c"]
    assert np.isnan(whole.arrays["embeddings.npy"][0]).all()
    assert (whole.arrays["embeddings.npy"][1:] == 1).all()
    assert len(whole.arrays["heatmaps.npy"]) == 3
    assert sorted(whole.outlines) == ["a", "b"]
