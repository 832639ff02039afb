"""The command that lists finished audits."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.run_factory import Recipe, make_run


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


def test_what_runs_take_of_the_disk_and_how_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    run = make_run(tmp_path, Recipe(n=2))
    (tmp_path / "cache" / "thumbnails").mkdir(parents=True)
    (tmp_path / "cache" / "thumbnails" / "a.jpg").write_bytes(b"x" * 2**20)
    where = ["--runs", str(run.parent)]
    assert main(["runs", *where, "--sizes", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cache/thumbnails"] == 2**20 and found[run.name] > 1_000
    assert main(["runs", *where, "--sizes"]) == 0
    assert "1.0 MB  cache/thumbnails" in capsys.readouterr().out
    assert main(["runs", *where, "--remove", "../cache"]) == 2
    assert main(["runs", *where, "--remove", run.name]) == 0
    assert not run.exists()
