"""What the findings say in a sentence."""

from dataclasses import replace

import pytest

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.summary.verdict import verdict
from tests.searched_run import LOOK, QUIET, uses


@pytest.mark.parametrize(
    ("found", "edited", "expected"),
    [
        ((uses(),), True, "relies on the background for dog. The edit moves the answer on 45 points"),
        ((uses(), uses(label="cat")), True, "The strongest edit, of the background for dog, moves"),
        (
            (replace(uses(), level=4, effect=0.2), replace(uses(label="cat"), effect=0.8)),
            True,
            "The strongest edit, of the background for cat, moves the answer on 80 points",
        ),
        ((replace(uses(), level=4),), True, "It hurts where the background for dog contradicts the class."),
        ((QUIET,), True, "could have shown is a difference of 17 points between an edit"),
        ((QUIET, LOOK), True, "1 place is worth a look."),
        ((Finding("border", 0),), True, "no edit could be tested"),
        ((replace(uses(), level=2), LOOK, LOOK), False, "No edit has tested yet"),
        ((replace(uses(), level=2), LOOK, LOOK), False, "1 cue is available in the data and 2 places are"),
    ],
)  # fmt: skip
def test_the_verdict(found: tuple[Finding, ...], edited: bool, expected: str) -> None:
    text = verdict(found, edited)
    assert expected in text
    assert ("relies on" in text) == any(entry.level >= 3 for entry in found)
    assert "biased" not in text
