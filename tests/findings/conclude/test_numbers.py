"""Numbers of a finding belong together: effect, q, filler, examples, shifts."""

import numpy as np
import pandas as pd

from tests.findings.conclude.made import conclude, edit_tests
from tests.findings.conclude.test_conclude import edit_rows, hint, of, swap


def test_q_is_that_of_the_effect_beside_it() -> None:
    """One filler does a lot, the other as much as its control: no small q beside no effect."""
    rows = pd.concat(
        [
            edit_rows("border-crop", (0.9, 0.0), filler="ring"),
            edit_rows("border-crop", (0.3, 0.35), filler="zoom"),
        ]
    )
    finding = of(conclude([], rows), "border")
    assert finding.effect < 0
    assert finding.q == 1.0
    assert finding.details["family"] == {"name": "edits", "rank": 1, "tests": 1}


def test_no_q_beside_an_effect_with_the_other_sign_even_where_units_disagree() -> None:
    rows = edit_rows("border-crop", (0.0, 0.0), 120)
    number = rows["sample_id"].str[1:].astype(int)
    rows["unit"] = np.where(number < 60, "one", rows["sample_id"])
    rows["flipped"] = np.where(rows["arm"] == "edit", number >= 100, number < 60)
    evidence = edit_tests(rows)[0].weakest
    assert evidence.difference < 0
    assert evidence.p == 1.0


def test_fillers_that_disagree_are_quoted_with_their_examples() -> None:
    """Numbers and examples are of the weakest filler; what the other shows is said."""
    rows = pd.concat(
        [
            edit_rows("border-crop", (0.9, 0.1), filler="ring"),
            edit_rows("border-crop", (0.5, 0.49), filler="zoom"),
        ]
    )
    finding = of(conclude([hint("data", "border")], rows), "border")
    assert {one.filler for one in finding.examples} == {finding.evidence[0].filler} == {"zoom"}
    assert "disagree (zoom +2 points, ring +80 points; the control edit alone changes zoom 48 %)" in (
        finding.statement
    )
    assert "disagree" not in of(conclude([hint("data")], swap(0.5, 0.5)), "background").statement


def test_a_number_that_moves_says_crossings_and_shift() -> None:
    rows = edit_rows("background-swap", (0.5, 0.0))
    rows["margin_after"] = rows["margin_before"] + np.where(rows["arm"] == "edit", -2.0, 5.0)
    finding = of(conclude([], rows, number="anomaly score"), "background")
    assert "the anomaly score moves by 2, with the control edit by 5." in finding.statement
    assert "Its size alone does not tell them apart" in finding.statement
    assert "In the median" not in of(conclude([], rows, number="probability"), "background").statement
