"""Defects of the public reference script that no other test shows to be absent, and the table of all."""

import re
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.images import geometry, map_to_picture
from gradcam_core.tasks.classification import confidence_threshold, outcome

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mode", ["squash", "fit-short", "fit-long"])
def test_a_map_of_one_cell_and_of_one_row_reach_the_picture(mode: str) -> None:
    """Size and direction stay: a row of cells becomes columns side by side."""
    where = geometry((40, 60), (32, 32), mode)  # type: ignore[arg-type]
    one = map_to_picture(np.full((1, 1), 3, np.float32), where)
    assert one.shape == (40, 60) and np.nanmin(one) == np.nanmax(one) == 3
    row = map_to_picture(np.array([[0, 1, 2, 3]], np.float32), where)
    seen = row[:, np.isfinite(row).any(axis=0)]
    assert row.shape == (40, 60) and (np.diff(seen, axis=1) >= 0).all() and np.ptp(seen[0]) == 3
    assert (np.ptp(seen, axis=0) < 1e-6).all()


def test_below_the_threshold_a_sample_is_uncertain_and_at_it_it_is_not() -> None:
    """Counted per sample as the audit goes; the comparison with the threshold is in its own test."""
    assert outcome("a", "a", sure=True) == "correct"
    assert outcome("a", "b", sure=True) == "incorrect"
    assert outcome("a", "a", sure=False) == outcome("a", "b", sure=False) == "uncertain"
    assert outcome("a", None, sure=False) == "unlabelled"
    assert outcome(None, "a", sure=False) == "unreadable"


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [
        ({"min_score": 0.6}, 0.6),
        ({"minConfidenceRating": 0.7}, 0.7),
        ({"min_anomaly_score": 3.0}, 0),
        ({}, 0),
    ],
)
def test_the_threshold_of_a_classification(thresholds: dict[str, float], expected: float) -> None:
    assert confidence_threshold(thresholds) == expected


def test_the_table_has_every_defect_once_and_names_tests_that_exist() -> None:
    lines = (ROOT / "docs" / "edge-impulse.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, 40))
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, test in named:
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"def {test}(" in text, f"{file}::{test}"
