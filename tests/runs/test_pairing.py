"""Both arms of an edit, side by side."""

import pandas as pd

from gradcam_core.runs.pairing import outcome_name, pair
from tests.findings.conclude.edit_tables import edit_rows


def test_only_samples_with_both_arms_are_paired() -> None:
    rows = edit_rows("background-swap", (0.5, 0.25), n=8)
    lonely = rows[~((rows["arm"] == "control") & (rows["sample_id"] == "s0"))]
    paired = pair(lonely.assign(unit=[f"p{int(name[1:]) // 2}" for name in lonely["sample_id"]]))
    assert list(paired.index) == [f"s{index}" for index in range(1, 8)]
    assert (paired["edit"].sum(), paired["control"].sum()) == (3, 1)
    assert paired.loc["s3", "unit"] == "p1"


def test_a_patch_that_is_pasted_in_has_to_reach_its_target() -> None:
    rows = edit_rows("patch-insertion", (1.0, 0.0), n=4)
    assert outcome_name(rows) == "to target" and pair(rows)["edit"].all()
    assert not pair(rows.assign(target="fox"))["edit"].any()
    both = pd.concat([rows, edit_rows("background-swap", (1.0, 0.0), n=4)])
    assert outcome_name(both) == "flip"
    assert outcome_name(rows.assign(predicted_before=None)) == "moved"
