"""The command compare: text, JSON and the exit code for continuous integration."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.compared_runs import edit_table, two_runs
from tests.run_factory import Recipe, make_run


def test_a_repair_passes_and_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = two_runs(tmp_path, edit_table(0.9), edit_table(0.02))
    assert main(["compare", str(before), str(after), "--fail-on-new"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Background gone: 88 → 0 points") and "120 samples in both" in said
    assert main(["compare", str(before), str(after), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cues"][0]["status"] == "gone"


def test_a_new_cue_fails_only_where_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = two_runs(tmp_path, edit_table(0.02), edit_table(0.9))
    assert main(["compare", str(before), str(after)]) == 0
    assert main(["compare", str(before), str(after), "--fail-on-new"]) == 1
    assert "BROKEN fail-on-new: new: the background" in capsys.readouterr().err


def test_a_cue_that_only_the_run_after_was_tested_for_is_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = two_runs(tmp_path, edit_table(0.02), edit_table(0.02, mark=0.7))
    assert main(["compare", str(before), str(after), "--fail-on-new"]) == 1
    said = capsys.readouterr()
    assert "not tested before" in said.err and "--retest tests both" in said.out


def test_without_edits_nothing_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (make_run(tmp_path, Recipe(n=8, name=name)) for name in ("one", "two"))
    assert main(["compare", str(before), str(after), "--fail-on-new"]) == 2
    assert "edits in both runs" in capsys.readouterr().err
