"""Plain words with the numbers."""

from tests.findings.conclude.edit_tables import of, swap
from tests.findings.conclude.made import conclude


def test_nothing_found_says_what_could_have_been_missed() -> None:
    finding = of(conclude([], swap(0.03, 0.02)), "background")
    assert finding.level == 0
    assert 0.05 < finding.smallest < 0.4
    assert "could have been missed" in finding.statement
