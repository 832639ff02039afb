"""Two runs compared row by row and map by map."""

import numpy as np
import pandas as pd

from gradcam_core.runs.store import Run


def assert_same(one: Run, other: Run) -> None:
    pd.testing.assert_frame_equal(one.table, other.table, check_exact=True)
    for name in ("heatmaps.npy", "fine_heatmaps.npy", "logits.npy", "embeddings.npy", "cover.npy"):
        np.testing.assert_array_equal(one.array(name), other.array(name), err_msg=name)
    ids = list(one.table["sample_id"])
    assert one.outlines(ids) == other.outlines(ids)
