"""verify: exit code and lines."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.run_factory import Recipe, make_run


def test_a_changed_file_is_a_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = make_run(tmp_path, recipe=Recipe(n=4))
    assert main(["verify", str(run)]) == 0
    assert "files are as the audit wrote them" in capsys.readouterr().out
    (run / "logits.npy").write_bytes(b"")
    assert main(["verify", str(run)]) == 1
    assert "another size  logits.npy" in capsys.readouterr().out
    assert main(["verify", str(run), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["logits.npy"] == "another size"


def test_no_run_is_a_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "expected a run folder" in capsys.readouterr().err
