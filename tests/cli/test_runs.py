"""The command that lists finished audits."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main


def test_runs_are_listed_and_progress_is_kept(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = tmp_path / "progress.json"
    arguments = ["audit", str(tiny_project), "--runs", str(tmp_path / "r"), "--maps", "classic"]
    assert main([*arguments, "--progress", str(progress)]) == 0
    assert capsys.readouterr().out.startswith(f"run: {tmp_path / 'r'}")
    report = json.loads(progress.read_text())
    assert (report["stage"], report["done"], report["total"]) == ("computing maps", 11, 11)
    assert main(["runs", "--runs", str(tmp_path / "r")]) == 0
    assert "11 samples" in capsys.readouterr().out
