"""What an edit still does with a mark held fixed: a share of its log-odds, of the weaker filler."""

from functools import cache

import pandas as pd
import pytest

from gradcam_core.findings.conclude.own_effect import own_effect
from gradcam_core.runs.findings import Finding
from tests.findings.conclude.edit_tables import of, swap
from tests.findings.conclude.made import conclude

ROWS = swap(0.9, 0.8)
ALL = {"swap": 1.0, "tiles": 1.0}


def left(rows: pd.DataFrame, shares: dict[str, float]) -> pd.DataFrame:
    """The same edits, each filler with a share of its effect on the log-odds."""
    kept = rows["margin_before"] + (rows["margin_after"] - rows["margin_before"]) * rows["filler"].map(
        shares
    )
    return rows.assign(margin_after=kept, flipped=rows["flipped"] & (kept < 0), unit=rows["sample_id"])


@cache
def ground() -> Finding:
    return of(conclude([], ROWS), "background")


def test_the_filler_of_which_least_is_left_decides() -> None:
    own = own_effect(ground(), ROWS, left(ROWS, {"swap": 0.4, "tiles": 0.1}), ALL)
    assert own is not None
    assert own.share == pytest.approx(0.1)
    assert own.interval == pytest.approx((0.1, 0.1))
    assert (own.plain.filler, own.held.difference) == ("tiles", 0.0)


@pytest.mark.parametrize(("share", "stands"), [(0.0, False), (0.2, False), (0.3, True), (1.0, True)])
def test_a_quarter_is_a_cause_of_its_own(share: float, stands: bool) -> None:
    """No answer flips at a third: the mark decides them, and the background counts all the same."""
    own = own_effect(ground(), ROWS, left(ROWS, {"swap": share, "tiles": share}), ALL)
    assert own is not None
    assert own.stands is stands


def test_few_groups_settle_nothing() -> None:
    held = left(ROWS, {"swap": 0.0, "tiles": 0.0}).assign(unit="one patient")
    own = own_effect(ground(), ROWS, held, ALL)
    assert own is not None
    assert own.stands


def test_without_pairs_nothing_is_said() -> None:
    assert own_effect(ground(), ROWS, ROWS.iloc[:0].assign(unit=""), ALL) is None


def test_outputs_without_classes_are_compared_by_their_moves() -> None:
    plain = ROWS.assign(predicted_before=None)
    held = left(plain, {"swap": -0.5, "tiles": -0.5})
    own = own_effect(ground(), plain, held, ALL)
    assert own is not None
    assert own.share == pytest.approx(0.5)


def test_what_is_left_is_held_against_the_pixels_that_still_change() -> None:
    """A held border leaves half of the background: a fifth of the effect is much for it."""
    held = left(ROWS, {"swap": 0.2, "tiles": 0.2})
    for room, stands in ((1.0, False), (0.5, True)):
        own = own_effect(ground(), ROWS, held, dict.fromkeys(ALL, room))
        assert own is not None
        assert own.stands is stands
    assert own_effect(ground(), ROWS, held, dict.fromkeys(ALL, 0.1)) is None
