"""The command that writes samples, regions and findings to files."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(n=24)))


def test_the_command(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.csv"
    assert main(["export", str(run.path), "-o", str(target), "--where", "label=dog"]) == 0
    assert str(target) in capsys.readouterr().out and target.read_text().count("\n") == 13
    assert main(["export", str(run.path), "-o", str(tmp_path / "y.csv"), "--where", "label=mouse"]) == 2
    assert "does not occur" in capsys.readouterr().err and not (tmp_path / "y.csv").exists()
    assert main(["export", str(run.path), "-o", str(tmp_path / "r.json"), "--format", "coco"]) == 0
    assert "annotations" in json.loads((tmp_path / "r.json").read_text())
