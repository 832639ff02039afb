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
    assert words.not_seen(QUIET) == "Border or ruler: no differences above 17 points"
    assert words.missed(uses(smallest=0.02)) == "differences below 10 points", "smaller ones do not matter"
    assert words.missed(Finding("border", 0, smallest=0.25)) == "effects below 0.25"


def test_what_was_not_measured_is_not_called_tested() -> None:
    unknown = Finding("watermark", 0)
    assert not words.tested(unknown) and words.tested(QUIET)
    assert words.not_seen(unknown) == "Watermark: nothing seen" and math.isnan(unknown.smallest)
