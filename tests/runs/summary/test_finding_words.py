"""Findings as words: effects, intervals, and what could have been missed."""

import math

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.summary import finding_words as words
from tests.searched_run import LOOK, QUIET, uses


def test_effects_of_edits_are_points_others_numbers() -> None:
    assert (words.effect_words(uses()), words.interval_words(uses())) == ("+45 points", "31 to 58")
    assert (words.effect_words(LOOK), words.interval_words(LOOK)) == ("0.40", "")
    assert words.effect_words(Finding("border", 0)) == "no number"


def test_what_was_not_seen_says_how_much_could_have_been_missed() -> None:
    assert (
        words.not_seen(QUIET) == "Border or ruler: with 60 pictures a reliance above 17 % would have shown"
    )
    assert words.missed(uses(smallest=0.02)) == "a reliance below 10 %", "smaller ones do not matter"
    assert words.missed(Finding("border", 0, smallest=0.25)) == "effects below 0.25"


def test_how_much_a_cue_decides_is_said_with_its_interval_of_what_is_used_only() -> None:
    much = {"reliance": 0.996, "reliance_interval": (0.9, 1.0)}
    assert words.reliance_short(uses(**much)) == "reliance 99.6 %"
    assert words.reliance_words(uses(**much)).startswith(
        "The cue decides 99.6 % of the answers (95 % interval 90 to 100)"
    )
    assert words.reliance_words(uses()) == words.reliance_short(Finding("border", 2, reliance=0.5)) == ""


def test_what_was_not_measured_is_not_called_tested() -> None:
    unknown = Finding("watermark", 0)
    assert not words.tested(unknown) and words.tested(QUIET)
    assert words.not_seen(unknown) == "Watermark: nothing seen" and math.isnan(unknown.smallest)
