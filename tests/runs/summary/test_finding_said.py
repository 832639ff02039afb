"""One finding in one sentence."""

from dataclasses import replace

import pytest

from gradcam_core.runs.findings import TITLES, Finding
from gradcam_core.runs.summary.finding_said import deciding, disagreement, points, sentence, tenths
from tests.searched_run import evidence, uses

LOOKS = "photometry"
APART = replace(
    uses(),
    level=1,
    evidence=(
        replace(evidence("swap-tiles", 0.54), control_rate=0.55, difference=-0.01, interval=(-0.04, 0.02)),
        evidence("swap", 0.9),
    ),
    effect=-0.01,
)


def test_the_fillers_of_the_quantity_that_decides() -> None:
    looks = tuple(
        replace(evidence(filler, rate), edit=LOOKS)
        for filler, rate in (("contrast:curve", 0.05), ("colour:gain", 0.24), ("colour:shift", 0.3))
    )
    entry = uses(evidence=looks, effect=0.19, details={"edit": LOOKS})
    assert [one.filler for one in deciding(entry)] == ["colour:gain", "colour:shift"]
    assert "when only the colour is moved" in sentence(entry)
    assert [one.filler for one in deciding(uses())] == ["swap", "tiles"]
    assert deciding(Finding("border", 0)) == []


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "none"), (0.04, "fewer than 1 in 10"), (0.5, "5 in 10"), (0.97, "more than 9 in 10"), (1, "all")],
)
def test_what_is_not_all_is_never_called_all(share: float, expected: str) -> None:
    assert tenths(share) == expected


@pytest.mark.parametrize("flag", TITLES)
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_flag_is_said_at_every_level(flag: str, level: int) -> None:
    said = sentence(Finding(flag, level))
    assert said.endswith(".") and len(said) > 15


@pytest.mark.parametrize(
    ("value", "expected"), [(0.004, "0 points"), (-0.126, "-13 points"), (0.5, "+50 points")]
)
def test_points(value: float, expected: str) -> None:
    assert points(value) == expected


def test_fillers_that_disagree_are_both_told() -> None:
    said = disagreement(APART)
    assert "“swap-tiles” 54 % against 55 % of its control" in said
    assert "“swap” 90 % against 5 %" in said
    assert "the edits disagree" in sentence(APART)
    assert disagreement(uses()) == ""
