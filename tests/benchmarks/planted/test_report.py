"""Rows -> numbers of the report: levels, flags, bands, rules, cells. Worked by hand."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.planted import ablation, quick, report, results
from benchmarks.planted.outcome import cells_of, finding_row, peak_in_cue, strength
from benchmarks.planted.results import Result
from gradcam_core.runs.findings import EditEvidence, Finding


def found(flag: str, level: int, effect: float = 0.5, label: str | None = None) -> dict[str, Any]:
    return {
        "flag": flag,
        "level": level,
        "effect": effect,
        "label": label,
        "in_cue": True,
        "statement": "Seen.",
    }


def result(case: str, group: str, reliance: float, tested: list[dict[str, Any]], **more: Any) -> Result:
    scores = {"background_focus": 0.6, "chance_focus": 0.9, "normalized_background_focus": 0.3}
    one_set = {**scores, "far_background_focus": 0.1, "grid": 6.0, "peak_in_cue": 0.5}
    row = {
        **{"case": case, "seed": 1, "folder": f"{case}-{reliance}", "group": group, "core": "a"},
        **{"flags": ["background"] if group != "clean" else [], "reliance": {"all": reliance}},
        **{
            "accuracy": 0.9,
            "net": {"grid": 6},
            "training_seconds": 10.0,
            "seconds": {"audit": 1, "findings": 2},
            "cpu_seconds": {"audit": 1, "findings": 4},
        },
        **{"maps": {"classic": one_set}, "tested": tested, "seen": tested, "strength": reliance / 2},
    }
    return Result(row | more)


HIT = result("01-background-100", "spatial", 0.95, [found("background", 3), found("border", 1)])
MISS = result("02-background-90", "spatial", 0.90, [found("fixed-marker", 2)])
OTHER = result("03-background-75", "spatial", 0.50, [found("border", 3, 0.2), found("fixed-marker", 4)])
QUIET = result("K1-clean", "clean", 0.02, [found("background", 1)])
ALARM = result("K2-tag-everywhere", "clean", 0.05, [found("fixed-marker", 3)])
UNCLEAN = result("K3-small-and-large", "clean", 0.15, [found("fixed-marker", 3)])
ALL = [HIT, MISS, OTHER, QUIET, ALARM, UNCLEAN]


def test_levels_and_flags_of_one_result() -> None:
    assert [one.level() for one in ALL] == [3, 2, 4, 1, 3, 3]
    assert OTHER.flags(3) == ["fixed-marker", "border"]
    assert HIT.right_flag
    assert not OTHER.right_flag


def test_clean_is_what_was_measured_not_what_was_planted() -> None:
    ignored = result("05-tag-80", "spatial", 0.04, [])
    assert list(report.clean([*ALL, ignored])) == [QUIET, ALARM, ignored]


def test_headline_counts() -> None:
    lines = report.headline(ALL).splitlines()
    assert lines[2].startswith(
        "| reliant, spatial cues (1–12) | 2 of 2 (100 %, 16–100) | 1 of 2 (50 %, 1–99)"
    )
    ignored = result("D4-tag-90", "dose", 0.04, [found("fixed-marker", 2)])
    lines = report.headline([*ALL, ignored]).splitlines()
    assert lines[-3].startswith("| **clean: false alarms** | 2 of 3 (67 %, 9–99) | 1 of 3")
    assert lines[-2].startswith("| of these: no cue, or one that is no help (K1–K8) | 1 of 2")
    assert lines[-1].startswith("| of these: a cue was planted and hardly learned | 1 of 1")


def test_flags_per_clean_run() -> None:
    assert (
        report.per_clean_run([*ALL, QUIET]) == "0.67 at level 1, 0.00 at level 2, 0.33 at level 3 or above"
    )


def test_ablation_rules() -> None:
    raw = ablation.judge(ablation.RULES["raw background focus > 0.5"], [HIT, MISS], [QUIET, ALARM])
    assert (raw.hits.hits, raw.alarms.hits, raw.area) == (2, 2, 0.5)
    chance = ablation.judge(ablation.RULES["background focus > chance"], [HIT], [QUIET])
    assert (chance.hits.hits, chance.alarms.hits) == (0, 0)
    edits = ablation.judge(ablation.RULES["+ edits (level ≥ 3)"], [HIT, MISS], [QUIET])
    assert (str(edits.hits), edits.area) == ("1 of 2 (50 %, 1–99)", 1.0)


def test_page_names_slips_and_survives_missing_parts() -> None:
    page = report.write(ALL, "python -m benchmarks.planted --report")
    assert "- missed: 02-background-90, seed 1, reliance 0.90, level 2. Closest: Seen." in page
    assert "- raised on a clean run: K2-tag-everywhere, seed 1, reliance 0.05, level 3: Seen." in page
    assert "K3-small" not in report.slips(ALL)
    assert "nan" not in page.lower()
    assert "6 runs, 6 cases, seeds 1 to 1, 1 version of the audited code" in page
    assert report.write([QUIET], "x").count("none") >= 3


def test_attribution_wants_the_class_that_carries_the_tag() -> None:
    named = result("11-tag-one-of-three", "spatial", 0.9, [found("fixed-marker", 3, label="frilled")])
    wrong = result("11-tag-one-of-three", "spatial", 0.9, [found("fixed-marker", 3, label="round")])
    assert report.attribution([named, wrong, HIT]).startswith("1 of 2")


def test_results_keep_the_last_row_of_each_run(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "results.jsonl"
    assert results.read(path) == []
    for level in (1, 3):
        results.append(path, HIT.row | {"tested": [found("background", level)]})
    results.append(path, MISS.row)
    assert [one.level() for one in results.read(path)] == [3, 2]
    assert len(path.read_text().splitlines()) == 3
    with pytest.raises(ValueError, match="Out of range"):
        results.append(path, {"x": float("nan")})
    assert json.loads(path.read_text().splitlines()[-1])["case"] == MISS.case


def test_cells_touch_the_cue_within_half_a_cell() -> None:
    """8 x 12 pixels on 2 x 3 cells of 4: a pixel one off the seam reaches two pixels across it."""
    pixels = np.zeros((8, 12), bool)
    pixels[1, 2] = True
    assert cells_of(pixels, (2, 3)).tolist() == [[True, True, False], [False, False, False]]
    assert cells_of(pixels, (2, 3), tolerance=0.25).tolist() == [
        [True, False, False],
        [False, False, False],
    ]


def test_peak_in_cue_leaves_empty_maps_and_absent_cues_out() -> None:
    cue = np.zeros((4, 8, 8), bool)
    cue[:3, :2, :2] = True
    maps = np.zeros((4, 4, 4), np.float32)
    maps[0, 0, 0] = maps[1, 3, 3] = maps[3, 0, 0] = 1.0
    assert peak_in_cue(maps, cue) == 0.5
    assert np.isnan(peak_in_cue(maps[2:], cue[2:]))


def test_finding_row_and_strength() -> None:
    cue = np.zeros((2, 8, 8), bool)
    cue[:, :2, :2] = True
    finding = Finding("fixed-marker", 3, cells=((0, 0), (3, 3)), grid=(4, 4))
    row = finding_row(finding, cue)
    assert (row["in_cue"], row["effect"]) == (True, None)
    assert finding_row(Finding("background", 1), cue)["in_cue"] is None

    def evidence(difference: float) -> EditEvidence:
        return EditEvidence("e", "f", "flip", 40, 0.5, 0.1, difference, (0.0, 1.0), 0.01, "confirm")

    weak = Finding("background", 3, effect=0.2, evidence=(evidence(0.2), evidence(0.4), evidence(0.0)))
    border = Finding("border", 1, effect=0.1, evidence=(evidence(0.1),))
    assert strength([finding, weak, border]) == pytest.approx(0.2)
    assert strength([finding]) == 0.0


def test_quick_complains_about_misses_alarms_and_networks_that_learned_otherwise() -> None:
    assert quick.complaints([HIT, QUIET]) == []
    wrong = quick.complaints([MISS, ALARM, OTHER, UNCLEAN])
    assert [line.split("; ")[1] for line in wrong] == [
        "a cue that the network follows was missed",
        "fixed-marker was raised without reason",
        "the network should have become reliant",
        "the network should have become clean",
    ]
