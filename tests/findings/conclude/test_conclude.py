"""Levels: what the edit table and the hints may and may not say."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from gradcam_core.findings.conclude.pairing import pair
from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import TITLES, Finding, from_json
from tests.findings.conclude.made import conclude, edit_tests


def edit_rows(
    edit: str, rates: tuple[float, float], n: int = 120, filler: str = "a", suspicion: str = ""
) -> pd.DataFrame:
    """``n`` samples, both arms; the first ``rate * n`` samples flip, alternating between the halves."""
    rows = []
    for arm, rate in zip(("edit", "control"), rates, strict=True):
        for index in range(n):
            flipped = index < round(rate * n)
            before, after = ("cat", "dog") if index % 3 else ("dog", "cat")
            rows.append(
                {
                    "sample_id": f"s{index}",
                    "label": before,
                    "edit": edit,
                    "suspicion": suspicion,
                    "filler": filler,
                    "arm": arm,
                    "half": "confirm" if index % 2 else "discover",
                    "donor_id": None,
                    "donor_label": after,
                    "target": after,
                    "predicted_before": before,
                    "predicted_after": after if flipped else before,
                    "margin_before": 1.0 + index / n,
                    "margin_after": -1.0 if flipped else 1.0 + index / n,
                    "target_before": -1.0,
                    "target_after": 1.0 if flipped else -1.0,
                    "flipped": flipped,
                    "unusual": False,
                }
            )
    return pd.DataFrame(rows)


NO_EDITS = edit_rows("background-swap", (0, 0)).iloc[:0]


def swap(first: float, second: float, n: int = 120) -> pd.DataFrame:
    """A background swap with two fillers; the control flips 2 %."""
    return pd.concat(
        [
            edit_rows("background-swap", (first, 0.02), n, "swap"),
            edit_rows("background-swap", (second, 0.02), n, "tiles"),
        ]
    )


def of(findings: list[Finding], flag: str) -> Finding:
    return next(entry for entry in findings if entry.flag == flag)


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


def test_nothing_found_says_what_could_have_been_missed() -> None:
    finding = of(conclude([], swap(0.03, 0.02)), "background")
    assert finding.level == 0
    assert 0.05 < finding.smallest < 0.4
    assert "could have been missed" in finding.statement


def hint(kind: str, flag: str = "background", p: float = 1e-6, **changes: object) -> Hint:
    values = {"strong": True, "statement": "Hint.", "effect": 0.5, "measure": "delta", "n": 60}
    return Hint(flag, kind, p=p, **{**values, **changes})  # type: ignore[arg-type]


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


def test_a_suspicion_keeps_its_class_and_cells() -> None:
    name = "fixed-marker/cat/1"
    rows = edit_rows("patch-insertion", (0.6, 0.0), suspicion=name)
    heat = hint("heat", "fixed-marker", suspicion=name, label="cat", cells=((0, 6),), grid=(7, 7))
    finding = of(conclude([heat], rows), "fixed-marker")
    assert (finding.level, finding.label, finding.cells) == (3, "cat", ((0, 6),))
    assert finding.evidence[0].outcome == "to target"


def test_one_suspicion_is_one_finding_whatever_class_the_edit_names() -> None:
    rows = edit_rows("patch-insertion", (0.0, 0.0), suspicion="roaming-marker/cat/1")
    heat = hint("heat", "roaming-marker", suspicion="roaming-marker/cat/1", label="cat", n=60)
    data = hint("data", "roaming-marker", suspicion="roaming-marker/cat/1", label="cat", n=60)
    found = [entry for entry in conclude([heat, data], rows) if entry.suspicion == "roaming-marker/cat/1"]
    assert [(entry.flag, entry.label) for entry in found] == [("roaming-marker", "cat")]


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


def test_unusual_pairs_are_left_out_and_counted() -> None:
    rows = swap(0.5, 0.5, n=200)
    rows.loc[rows["sample_id"].isin([f"s{index}" for index in range(1, 20, 2)]), "unusual"] = True
    test = edit_tests(rows)[0]
    assert test.dropped == 20
    assert test.weakest.n == 90


def test_an_output_without_classes_counts_moves() -> None:
    rows = edit_rows("background-swap", (0.5, 0.0))
    rows["predicted_before"] = rows["predicted_after"] = None
    assert pair(rows)["edit"].mean() == pytest.approx(0.5)
    evidence = edit_tests(rows)[0].weakest
    assert evidence.outcome == "moved"


def test_classes_are_tested_alone_from_three() -> None:
    rows = edit_rows("background-swap", (0.0, 0.0), 300)
    rows["label"] = [("cat", "dog", "fox")[int(name[1:]) % 3] for name in rows["sample_id"]]
    fox = (rows["label"] == "fox") & (rows["arm"] == "edit")
    rows.loc[fox, "flipped"] = True
    levels = {entry.label: entry.level for entry in conclude([], rows) if entry.flag == "background"}
    assert levels["fox"] == 3
    assert levels.get("cat", 0) == 0


def test_clean_runs_raise_no_false_level_three() -> None:
    """100 null runs of three edits, both arms flipping 5 %: false alarms within the promised 2 %."""
    generator = np.random.default_rng(5)
    template = pd.concat(
        [edit_rows(name, (0, 0), 80) for name in ("background-swap", "photometry", "border-crop")]
    ).reset_index(drop=True)
    alarms = 0
    for _ in range(100):
        template["flipped"] = generator.random(len(template)) < 0.05
        alarms += any(test.works for test in edit_tests(template))
    assert alarms <= 5  # 2 % of 100, binomial upper bound 97.5 %


def test_a_finding_outside_the_levels_is_refused() -> None:
    with pytest.raises(ValueError, match=r"level 0\.\.4"):
        Finding("background", 5)
    assert math.isnan(Finding("background", 0).effect)
