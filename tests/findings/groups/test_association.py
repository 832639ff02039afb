"""What occurs together in a test set, counted."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.findings.groups.association import associate, columns

TABLE = pd.DataFrame(
    {
        "sample_id": [f"s{row}" for row in range(80)],
        "label": ["cat"] * 40 + ["dog"] * 40,
        "predicted": ["cat"] * 80,
        "correct": [True] * 40 + [False] * 40,
        "meta_scanner": (["n"] * 30 + ["s"] * 10) * 2,
        "meta_number": np.arange(80),
        "meta_same": "x",
    }
)
WARD = pd.Series(["a"] * 30 + ["b"] * 10 + ["a"] * 10 + ["b"] * 30)


def cell(found: pd.DataFrame, value: str, inside: str) -> pd.Series:
    return found[(found["value"] == value) & (found["context_value"] == inside)].iloc[0]


def test_observed_against_expected_by_hand() -> None:
    found = associate(TABLE, {"ward": WARD})
    assert len(found) == 4 and set(found["outcome"]) == {"label"}  # one prediction is no table
    cats = cell(found, "cat", "a")
    assert (cats["observed"], cats["expected"], cats["ratio"], cats["n"]) == (30, 20, 1.5, 80)
    assert 1 < cats["ratio_low"] < 1.5 < cats["ratio_high"] and cats["q"] < 0.01
    assert cats["samples"] == [f"s{row}" for row in range(30)]
    assert (cats["error_rate"], cell(found, "dog", "b")["error_rate"]) == (0, 1)


def test_what_is_independent_is_not_told_as_associated() -> None:
    found = associate(TABLE, columns(TABLE))
    assert set(found["context"]) == {"meta_scanner"}
    assert found["ratio"].tolist() == pytest.approx([1] * 4) and (found["q"] > 0.5).all()


def test_samples_outside_a_context_do_not_count() -> None:
    part = WARD.where(np.arange(80) % 2 == 0)
    assert set(associate(TABLE, {"ward": part})["n"]) == {40}
