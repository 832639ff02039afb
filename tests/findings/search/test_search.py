"""What the searches find in drawn runs, and that they stay silent on noise."""

import json
from collections import Counter

import numpy as np
import pytest

from gradcam_core.findings.search import discover
from tests.findings.conclude.edit_tables import NO_EDITS
from tests.findings.conclude.made import conclude
from tests.findings.findings_made import material


def test_clean_noise_runs_stay_below_level_two() -> None:
    levels = Counter(
        max(entry.level for entry in conclude(discover(material(seed=seed), seed).hints, NO_EDITS))
        for seed in range(20, 22)
    )
    assert levels[2] == 0


@pytest.mark.parametrize("spoil", ["labels", "regions", "classes", "few", "maps", "pictures", "empty"])
def test_poor_runs_survive(spoil: str) -> None:
    whole = material(n=4 if spoil == "few" else 60, regions=spoil != "regions")
    if spoil == "labels":
        whole.table["label"] = None
        whole.table["predicted"] = None
        whole.table["correct"] = None
    if spoil == "classes":
        whole.table["label"] = whole.table["predicted"] = "cat"
    if spoil == "maps":
        whole.maps["classic"][:] = np.nan
    if spoil == "pictures":
        whole.table["status"] = "unreadable"
    if spoil == "empty":
        whole = material(n=0)
    found = conclude(discover(whole, 0).hints, NO_EDITS)
    assert len(found) >= 10
    json.dumps([entry.to_json() for entry in found], allow_nan=False)
