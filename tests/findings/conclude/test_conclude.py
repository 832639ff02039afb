"""Levels: what the edit table and the hints may and may not say."""

import json

import pandas as pd
import pytest

from gradcam_core.runs.findings import TITLES, from_json
from tests.findings.conclude.edit_tables import NO_EDITS, edit_rows, hint, of, swap
from tests.findings.conclude.made import conclude


def test_swap_that_changes_predictions_is_level_three() -> None:
    finding = of(conclude([], swap(0.5, 0.4)), "background")
    assert finding.level == 3
    assert finding.effect == pytest.approx(0.4 - 1 / 60, abs=0.02)
    assert finding.n == 60
    assert finding.interval[0] > 0
    assert "relies on the background" in finding.statement
    assert "biased" not in finding.statement
    assert len(finding.evidence) == 2
    assert finding.examples
    assert finding.examples[0].before != finding.examples[0].after


def test_the_smaller_filler_decides() -> None:
    finding = of(conclude([], swap(0.5, 0.08)), "background")
    assert finding.level == 0
    assert finding.effect < 0.1


def test_fillers_that_disagree_confirm_nothing() -> None:
    rows = pd.concat([edit_rows("background-swap", (0.6, 0), 120, "a"), swap(0.0, 0.0)])
    assert of(conclude([], rows), "background").level == 0


def test_nine_points_are_not_ten() -> None:
    rows = edit_rows("background-swap", (0.09, 0.0), 1000)
    assert of(conclude([], rows), "background").level == 0
    assert of(conclude([], edit_rows("background-swap", (0.12, 0.0), 1000)), "background").level == 3


def test_halves_too_small_are_exploratory_and_capped() -> None:
    finding = of(conclude([], swap(0.8, 0.8, n=50)), "background")
    assert finding.level == 2
    assert finding.exploratory
    assert "exploratory" in finding.statement
    assert "relies" not in finding.statement


def test_twenty_pairs_are_too_few() -> None:
    assert of(conclude([], swap(0.9, 0.9, n=20)), "background").level == 0


def test_heat_is_level_one_and_availability_level_two() -> None:
    assert of(conclude([hint("heat")], NO_EDITS), "background").level == 1
    finding = of(conclude([hint("heat"), hint("data")], NO_EDITS), "background")
    assert finding.level == 2
    assert "available" in finding.statement
    assert "relies" not in finding.statement


def test_an_edit_that_excludes_ten_points_takes_a_hint_back() -> None:
    finding = of(conclude([hint("data")], swap(0.01, 0.01, n=240)), "background")
    assert finding.level == 1
    assert "available, but the model hardly uses it" in finding.statement
    assert of(conclude([hint("heat", label="cat")], swap(0.01, 0.01, n=240)), "background").level == 0


def test_weak_or_few_or_improbable_hints_flag_nothing() -> None:
    for changes in ({"strong": False}, {"n": 29}, {"p": 0.2}):
        finding = of(conclude([hint("heat", **changes)], NO_EDITS), "background")  # type: ignore[arg-type]
        assert finding.level == 0


def test_untrusted_maps_silence_heat_only() -> None:
    hints = [hint("heat", "border"), hint("data")]
    found = conclude(hints, NO_EDITS, trusted=False)
    assert of(found, "border").level == 0
    assert of(found, "background").level == 2


def test_harm_needs_use_first() -> None:
    assert of(conclude([hint("harm")], NO_EDITS), "background").level == 0
    assert of(conclude([hint("harm")], swap(0.5, 0.5)), "background").level == 4


def test_estimated_regions_are_capped_unless_the_edit_needs_none() -> None:
    assert of(conclude([hint("data")], swap(0.5, 0.5), estimated=True), "background").level <= 1
    border = edit_rows("border-crop", (0.5, 0.0))
    assert of(conclude([], border, estimated=True), "border").level == 3


def test_every_flag_speaks_and_json_comes_back() -> None:
    found = conclude([], swap(0.5, 0.5))
    assert {entry.flag for entry in found} == set(TITLES)
    text = json.dumps([entry.to_json() for entry in found], allow_nan=False)
    keys = {"flag", "level", "label", "statement", "effect", "interval", "n", "q", "cells", "samples"}
    assert keys <= set(json.loads(text)[0])
    back = [from_json(value) for value in json.loads(text)]
    assert [entry.to_json() for entry in back] == [entry.to_json() for entry in found]


def test_no_edits_and_no_hints() -> None:
    found = conclude([], NO_EDITS)
    assert {entry.level for entry in found} == {0}
    assert all("Not testable" in entry.statement or "missed" in entry.statement for entry in found)
