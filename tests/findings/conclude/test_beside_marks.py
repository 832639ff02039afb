"""A background whose effect is that of a mark in it is a sentence of the mark; others keep their level."""

import pandas as pd
import pytest

from gradcam_core.findings.conclude.beside_marks import HeldEdits
from gradcam_core.runs.findings import Finding
from tests.findings.conclude.edit_tables import edit_rows, hint, of, swap
from tests.findings.conclude.made import conclude
from tests.findings.conclude.test_own_effect import left

TAG, SPOT = "fixed-marker/cat/data", "fixed-marker/dog/heat"
SWAP = swap(0.9, 0.8)
HINTS = [hint("data", "fixed-marker", suspicion=TAG, label="cat")]


def rows(*more: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([SWAP, edit_rows("spot-removal", (0.9, 0.0), suspicion=TAG), *more])


def concluded(share: float, table: pd.DataFrame, *hints: object) -> list[Finding]:
    again = left(SWAP, {"swap": share, "tiles": share})
    held = HeldEdits(again, {"swap": 1.0, "tiles": 0.96}, (("fixed-marker", "cat", TAG),))
    return conclude([*HINTS, *hints], table, held=held)


def test_one_cause_has_one_finding() -> None:
    found = concluded(0.0, rows())
    tag, ground = of(found, "fixed-marker"), of(found, "background")
    assert (tag.level, ground.level) == (3, 0)
    words = "+78 points, +0 with the mark left as it was (0 % of the effect on the log-odds is left"
    assert words in tag.statement
    assert words in ground.statement
    assert "relies on the background" not in ground.statement
    assert ground.details["carried_by"] == TAG
    assert ground.reliance == pytest.approx(0, abs=0.01)


def test_two_causes_have_two() -> None:
    """The mark decides every answer, so none flips; a third of the log-odds is the background's."""
    found = concluded(1 / 3, rows())
    assert [of(found, flag).level for flag in ("fixed-marker", "background")] == [3, 3]
    assert "it still works (33 % of the effect" in of(found, "background").statement
    assert "goes with" not in of(found, "fixed-marker").statement


def test_what_the_data_show_stays_a_place_to_look_at() -> None:
    found = concluded(0.0, rows(), hint("data"))
    assert of(found, "background").level == 1


@pytest.mark.parametrize(("share", "apart"), [(0.0, True), (1.0, False)])
def test_a_spot_of_a_background_that_goes_is_told_by_itself(share: float, apart: bool) -> None:
    """It was no more than a piece of the background as long as that was a cause."""
    spot = edit_rows("spot-removal", (0.4, 0.0), suspicion=SPOT)
    found = concluded(share, rows(spot), hint("heat", "fixed-marker", suspicion=SPOT, label="dog"))
    told = [one for one in found if one.suspicion == SPOT and one.level == 3]
    assert bool(told) is apart
    carrier = next(one for one in found if one.suspicion == TAG)
    assert ("goes with a mark" in carrier.statement) is apart
