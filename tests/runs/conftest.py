"""A large drawn run, and a small table of samples with gaps."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run
from tests.runs.names import FOCUS


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(n=1300, every_without_region=4)))


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "sample_id": ["a1", "b2", "c3", "d4", "E5", "f6"],
            "path": ["cat/x.png", "cat/y.png", "dog/x.png", "dog/y.png", "new/Z.png", "new/w.png"],
            "label": ["cat", "cat", "dog", "dog", None, None],
            "predicted": ["cat", "dog", "dog", "cat", "dog", None],
            "correct": [True, False, True, False, None, None],
            "outcome": ["correct", "uncertain", "correct", "incorrect", "unlabelled", "unreadable"],
            "status": ["ok", "ok", "empty map", "ok", "ok", "unreadable"],
            "region_source": ["mask", "box", "mask", "none", "none", "none"],
            "confidence": [0.9, 0.6, 0.8, 0.7, 0.5, np.nan],
            FOCUS: [0.2, 1.4, np.nan, 1.4, 0.9, np.nan],
            "meta_scanner": ["n", "s", "n", "s", None, "n"],
            "meta_age": [30.0, 40.0, np.nan, 60.0, 70.0, 80.0],
            "meta_ward": [1, 2, 1, 2, 3, 3],
        }
    )
    kinds = dict.fromkeys(("label", "predicted", "status", "region_source"), "category")
    return frame.astype(kinds)
