"""open deploy.zip: among the runs, in one command."""

import shutil
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.base.unzip import pack
from gradcam_core.runs.carrying import carry_pictures
from gradcam_core.runs.store import list_runs, open_run
from tests.run_factory import Recipe, make_run


def test_a_zip_that_came_by_mail_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = open_run(make_run(tmp_path / "there", Recipe(n=4, pictures=4)))
    carry_pictures(run, "full")
    pack(run.path.parent, tmp_path / "deploy.zip")
    shutil.rmtree(tmp_path / "there")
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))
    assert main(["open", str(tmp_path / "deploy.zip")]) == 0
    (opened,) = list_runs(tmp_path / "home" / "runs")
    said = capsys.readouterr().out
    assert str(opened.path) in said and "Accuracy" in said and "Not tested yet" in said


def test_what_is_no_such_zip_ends_with_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open", str(tmp_path / "gone.zip")]) == 2
    assert "one run" in capsys.readouterr().err
