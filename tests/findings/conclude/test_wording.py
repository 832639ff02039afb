"""Plain words with the numbers."""

import pandas as pd

from tests.findings.conclude.edit_tables import edit_rows, hint, of, swap
from tests.findings.conclude.made import conclude


def test_nothing_found_says_what_could_have_been_missed() -> None:
    finding = of(conclude([], swap(0.03, 0.02)), "background")
    assert finding.level == 0
    assert 0.05 < finding.smallest < 0.4
    assert "could have been missed" in finding.statement


def without(edited: float) -> pd.DataFrame:
    """A part of the object painted over in both ways; the control flips 2 %."""
    name = "part/cat/part"
    return pd.concat(
        [edit_rows("part-removal", (edited, 0.02), 120, way, name) for way in ("colour", "inpaint")]
    )


def test_what_hangs_on_a_part_is_told_with_both_explanations() -> None:
    seen = hint("heat", "part", label="cat", suspicion="part/cat/part", statement="The same part.")
    finding = of(conclude([seen], without(0.6)), "part")
    assert (finding.level, finding.label) == (3, "cat")
    assert finding.statement.startswith("Answers for cat hang on one part of the object. The same part.")
    assert "Painting over the part changes 60 %" in finding.statement
    assert "for a person to say" in finding.statement and "relies on" not in finding.statement


def test_a_part_whose_place_rests_on_estimates_stays_a_place_to_look_at() -> None:
    seen = hint("heat", "part", label="cat", suspicion="part/cat/part")
    assert of(conclude([seen], without(0.6), estimated=True), "part").level == 1
