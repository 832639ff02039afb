"""The gate: what is no pass, and bars for heat, answers and unreadable samples."""

from pathlib import Path

import pandas as pd
import pytest

import gradcam_core as gc
from gradcam_core.base.errors import RunError
from gradcam_core.runs import findings
from gradcam_core.runs.findings import Finding
from tests.run_factory import Recipe, make_run


@pytest.mark.parametrize(
    ("level", "edits", "passes"), [(2, False, True), (3, True, True), (3, False, False)]
)
def test_a_search_without_edits_is_no_pass(level: int, edits: bool, passes: bool, tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    findings.write_findings(path, [Finding("border", 1)], edits=edits, budget=10, seed=0)
    if passes:
        assert gc.check(path, fail_level=level)
    else:
        with pytest.raises(RunError, match="findings with edits"):
            gc.check(path, fail_level=level)


def test_a_finding_of_that_level_breaks_the_bar_and_is_told(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    findings.write_findings(
        path, [Finding("border", 3, statement="<b>the border</b>")], edits=True, budget=1, seed=0
    )
    checked = gc.check(gc.open_run(path), fail_level=3)
    assert not checked
    assert str(checked) == "BROKEN fail-level 3: Border or ruler at level 3: <b>the border</b>"
    assert "&lt;b&gt;the border" in checked._repr_html_() and "<b>" not in checked._repr_html_()


def test_a_part_of_the_object_is_for_a_person_to_judge(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    findings.write_findings(path, [Finding("part", 3)], edits=True, budget=1, seed=0)
    assert gc.check(path, fail_level=1, max_reliance=0.1)


def test_every_bar_is_a_keyword(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=8, every_unreadable=4))
    held = gc.check(
        path,
        max_background=1.0,
        max_normalized_background=9.0,
        max_far_background=1.0,
        max_border=1.0,
        min_accuracy=0.0,
        max_unreadable=0.25,
    )
    assert held and len(held.bars) == 6
    assert not gc.check(path, max_unreadable=0.2)
    assert not gc.check(path, max_background=0.0, min_accuracy=0.0)


@pytest.mark.parametrize(("share", "passes"), [(0.05, True), (0.4, False), (float("nan"), False)])
def test_a_cue_that_decides_more_answers_breaks_the_bar(share: float, passes: bool, tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    used = Finding("border", 3, reliance=share, reliance_interval=(share - 0.02, share + 0.02))
    unused = Finding("background", 2, reliance=0.9, reliance_interval=(0.8, 1.0))
    findings.write_findings(path, [used, unused], edits=True, budget=1, seed=0)
    checked = gc.check(path, max_reliance=0.1)
    assert bool(checked) is passes
    said = {0.05: "no cue decides more", 0.4: "decides 40 % of the answers (95 % interval 38 to 42)"}
    assert said.get(share, "not known") in str(checked)


def test_a_search_without_edits_tells_no_reliance(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    findings.write_findings(path, [Finding("border", 1)], edits=False, budget=1, seed=0)
    with pytest.raises(RunError, match="findings with edits"):
        gc.check(path, max_reliance=0.1)


def test_the_fine_maps_have_their_own_bars(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=8))
    table = gc.open_run(path).samples
    (bar,) = gc.check(path, max_background=1.0, fine=True).bars
    assert bar.message.startswith(f"measured {table['fine_background_focus'].median():.3f}")
    with pytest.raises(RunError, match="fine_border_focus"):
        gc.check(make_run(tmp_path / "other", Recipe(n=4, fine=None)), max_border=1.0, fine=True)


@pytest.mark.parametrize(("bars", "said"), [({}, "at least one bar"), ({"fail_level": 7}, "from 1 to 4")])
def test_what_cannot_be_asked_is_said(bars: dict[str, int], said: str, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=said):
        gc.check(make_run(tmp_path, Recipe(n=4)), **bars)


def test_errors_of_numbers_have_a_bar_of_their_own(tmp_path: Path) -> None:
    def numbers(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(error=[-0.5, 1.5, None])

    path = make_run(tmp_path, Recipe(n=3, finish=numbers))
    (held,) = gc.check(path, max_error=1).bars
    assert held.holds and held.message == "measured 1.000, bar 1"
    assert not gc.check(path, max_error=0.9)
    with pytest.raises(RunError, match="answers are numbers"):
        gc.check(make_run(tmp_path / "classes", Recipe(n=3)), max_error=1)


def test_an_undefined_value_breaks_its_bar(tmp_path: Path) -> None:
    def unlabelled(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(correct=pd.array([None, None], dtype="boolean"))

    (bar,) = gc.check(make_run(tmp_path, Recipe(n=2, finish=unlabelled)), min_accuracy=0.1).bars
    assert not bar.holds and "undefined" in bar.message


def test_a_damaged_search_is_one_clear_line(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    (path / findings.FINDINGS).write_text("{")
    with pytest.raises(RunError, match=r"findings\.json cannot be used"):
        gc.check(path, fail_level=1)
