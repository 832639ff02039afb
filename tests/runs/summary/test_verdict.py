"""What the findings say in a sentence."""

from dataclasses import replace

import pytest

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.summary.verdict import ranked, verdict
from tests.searched_run import LOOK, QUIET, uses


@pytest.mark.parametrize(
    ("entries", "edited", "expected"),
    [
        ((uses(),), True, "Uses the background for “dog”: 5 in 10 predictions change when only"),
        ((uses(),), True, "(+45 points, 95 % interval 31 to 58, n 60)."),
        ((uses(), replace(uses(label="cat"), effect=0.3)), True, "It also uses the background for “cat”."),
        ((replace(uses(), level=4),), True, "Uses the background for “dog”, and it hurts:"),
        ((QUIET,), True, "could have shown is a difference of 17 points between an edit"),
        ((QUIET, LOOK), True, "Worth a look: the maps lie elsewhere when the model errs."),
        ((Finding("border", 0),), True, "no edit could be tested"),
        ((replace(uses(), level=2, evidence=()), LOOK, LOOK), False, "Not tested by edits yet"),
        ((replace(uses(), level=2, evidence=()), LOOK, LOOK), False, "2 more places are at level 1 or 2."),
        ((replace(uses(), level=2, evidence=()),), False, "Could use the background for “dog”: it goes"),
    ],
)
def test_the_verdict(entries: tuple[Finding, ...], edited: bool, expected: str) -> None:
    text = verdict(entries, edited)
    assert expected in text
    assert text.startswith("Uses ") == any(entry.level >= 3 for entry in entries)
    assert "biased" not in text


def test_use_comes_before_hints_and_the_larger_effect_first() -> None:
    small, large = replace(uses(), level=4, effect=0.16), replace(uses(), effect=0.9)
    assert ranked([QUIET, small, LOOK, large]) == [large, small, LOOK, QUIET]


def test_what_a_person_has_to_judge_comes_after_what_is_a_shortcut() -> None:
    part = replace(uses(), flag="part", effect=0.9)
    assert ranked([LOOK, part, uses()]) == [uses(), part, LOOK]
    assert "It also uses one part of the object for “dog”." in verdict([part, uses()], True)
