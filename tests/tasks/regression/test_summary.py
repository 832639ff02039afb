"""How far numbers lie from their targets."""

import numpy as np
import pandas as pd

from gradcam_core.tasks.regression import (
    sentence,
)
from gradcam_core.tasks.regression.summary import misses
from tests.tasks.regression.numbers import NAN


def table(errors: list[float], tolerance: float = 1) -> pd.DataFrame:
    values = np.array(errors, dtype=np.float64)
    known = ~np.isnan(values)
    correct = pd.array(
        [abs(v) <= tolerance if k else pd.NA for v, k in zip(values, known, strict=True)], "boolean"
    )
    return pd.DataFrame({"error": values, "target": np.where(known, 1.0, NAN), "correct": correct})


def test_misses_by_hand() -> None:
    found = misses(table([0.5, -1.5, 1.0, NAN]))
    assert (found.mean, found.bias, found.within, found.n, found.unlabelled) == (1.0, 0.0, 2, 3, 1)
    assert np.isnan(found.low), "three samples have no interval"


def test_the_sentence() -> None:
    manifest = {"project": {"thresholds": {"tolerance": 1.0}}}
    said = sentence(table([0.5, -1.5, 1.0, NAN]), manifest)
    assert said == (
        "Mean absolute error 1 (n 3); 2 of 3 answers (67 %) lie within 1 of the target. "
        "1 samples without a target are not in it."
    )
    assert "unknown" in sentence(table([NAN]), manifest)
