"""What the edit table says of each edit."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.pairing import pair
from tests.findings.conclude.edit_tables import edit_rows, swap
from tests.findings.conclude.made import conclude, edit_tests


def test_unusual_pairs_are_left_out_and_counted() -> None:
    rows = swap(0.5, 0.5, n=200)
    rows.loc[rows["sample_id"].isin([f"s{index}" for index in range(1, 20, 2)]), "unusual"] = True
    test = edit_tests(rows)[0]
    assert test.dropped == 20
    assert test.weakest.n == 90


def test_an_output_without_classes_counts_moves() -> None:
    rows = edit_rows("background-swap", (0.5, 0.0))
    rows["predicted_before"] = rows["predicted_after"] = None
    assert pair(rows)["edit"].mean() == pytest.approx(0.5)
    evidence = edit_tests(rows)[0].weakest
    assert evidence.outcome == "moved"


def test_classes_are_tested_alone_from_three() -> None:
    rows = edit_rows("background-swap", (0.0, 0.0), 300)
    rows["label"] = [("cat", "dog", "fox")[int(name[1:]) % 3] for name in rows["sample_id"]]
    fox = (rows["label"] == "fox") & (rows["arm"] == "edit")
    rows.loc[fox, "flipped"] = True
    levels = {entry.label: entry.level for entry in conclude([], rows) if entry.flag == "background"}
    assert levels["fox"] == 3
    assert levels.get("cat", 0) == 0


@pytest.mark.slow
def test_clean_runs_raise_no_false_level_three() -> None:
    """100 null runs of three edits, both arms flipping 5 %: false alarms within the promised 2 %."""
    generator = np.random.default_rng(5)
    template = pd.concat(
        [edit_rows(name, (0, 0), 80) for name in ("background-swap", "photometry", "border-crop")]
    ).reset_index(drop=True)
    alarms = 0
    for _ in range(100):
        template["flipped"] = generator.random(len(template)) < 0.05
        alarms += any(test.works for test in edit_tests(template))
    assert alarms <= 5  # 2 % of 100, binomial upper bound 97.5 %
