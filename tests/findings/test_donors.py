"""One sample and who lends it backgrounds."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.findings.donors import MOST, chosen_rows, scenes_around
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


def test_a_picture_that_is_gone_is_named(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    (tmp_path / "projects" / "tiny" / "pictures" / "001.png").unlink()
    with pytest.raises(AuditError, match=r"pictures/001\.png"):
        scenes_around(open_run(path), "sample-00001")


def test_donors_come_in_turns_from_every_class_and_carriers_first() -> None:
    n = 400
    table = pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(n)],
            "label": ["rare" if row % 40 == 0 else "common" for row in range(n)],
            "predicted": "common",
            "status": ["unreadable" if row == 40 else "ok" for row in range(n)],
        }
    )
    rows = chosen_rows(table, 7, (Suspicion("a", "border", None, ("s3", "s5")),), 0)
    assert rows[0] == 7
    assert set(rows[1:3]) == {3, 5}
    assert len(set(rows)) == len(rows) <= MOST + 3
    assert set(range(0, n, 40)) - set(rows) == {40}


def test_a_run_without_regions_gets_estimates_or_none(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=6, regions=False, input=(48, 64, 3)))
    scenes, row = scenes_around(open_run(path), "sample-00002")
    assert scenes.ids[row] == "sample-00002"
    known = np.isfinite(scenes.cover).all(axis=(1, 2))
    assert scenes.cover.shape == (6, 32, 32)
    assert scenes.region_source == tuple("estimated" if one else "none" for one in known)
