"""How many pairs there have to be, of how many patients, and which of them count."""

import pandas as pd

from tests.findings.conclude.edit_tables import edit_rows, of, swap
from tests.findings.conclude.made import conclude, edit_tests


def test_every_filler_needs_thirty_pairs() -> None:
    """One filler has two pairs: as large an effect as the other, and the first of equals decides."""
    rows = pd.concat([edit_rows("border-crop", (1.0, 0.0), 120, filler) for filler in ("ring", "zoom")])
    few = (rows["filler"] == "zoom") & ~rows["sample_id"].isin(["s1", "s3"])
    rows = pd.concat([rows[~few], rows[few].iloc[:0]])
    (test,) = edit_tests(rows)
    assert test.weakest.difference == 1.0
    assert not test.enough
    assert of(conclude([], rows), "border").level < 3


def test_a_guard_that_refuses_most_of_one_filler_is_not_believed_for_it_alone() -> None:
    """Of one filler all pairs are unusual, of the other none: no filler is left with a handful."""
    rows = swap(0.5, 0.5, n=120)
    rows.loc[(rows["filler"] == "tiles") & (rows["sample_id"] != "s1"), "unusual"] = True
    (test,) = edit_tests(rows)
    assert [entry.n for entry in test.evidence] == [60, 60]
    assert test.dropped == 0


def test_a_filler_without_pairs_confirms_nothing() -> None:
    rows = swap(0.5, 0.5, n=120)
    rows = rows[(rows["filler"] != "tiles") | (rows["arm"] == "edit")]
    assert of(conclude([], rows), "background").level < 3


def test_patients_count_once() -> None:
    """Sixty confirmed pairs of six patients are six patients; of thirty patients they are enough."""
    rows = swap(0.5, 0.5, n=120)
    number = rows["sample_id"].str[1:].astype(int)
    few, many = (
        rows.assign(unit="p" + (number // 20).astype(str)),
        rows.assign(unit="p" + (number // 4).astype(str)),
    )
    assert not edit_tests(few)[0].enough
    assert of(conclude([], few), "background").level < 3
    finding = of(conclude([], many), "background")
    assert finding.level == 3
    assert finding.evidence[0].units == 30
    assert "in 30 groups" in finding.statement
    alone = of(conclude([], rows), "background")
    assert finding.interval[1] - finding.interval[0] > alone.interval[1] - alone.interval[0]
