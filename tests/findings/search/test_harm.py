"""Right answers where the cue agrees with the label and where it does not."""

import numpy as np
import pandas as pd

from gradcam_core.findings.search.harm import compare
from tests.findings.findings_made import N, material


def test_harm_compares_agreeing_and_conflicting_samples() -> None:
    whole = material()
    whole.table["correct"] = pd.array([True] * 60 + [False] * 60, dtype="boolean")
    agrees = np.arange(N) < 60
    (hint,) = compare(whole, "background", agrees, ~agrees)
    assert hint.strong
    assert hint.effect == 1.0
    assert not list(compare(whole, "background", agrees, np.arange(N) >= 110))
