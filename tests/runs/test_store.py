"""Run folders: what is no run is an error or is left out, never a crash."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.base.errors import RunError
from gradcam_core.runs.store import list_runs, open_run


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "a run folder with a manifest.json"),
        ("{", "expected JSON"),
        ("[1, 2]", "schema version 1"),
        (json.dumps({"schema_version": 99}), "found 99"),
        (json.dumps({"schema_version": 1, "run_id": "x"}), "project, input, maps in manifest.json"),
    ],
)
def test_a_folder_that_is_no_run(text: str | None, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    if text is not None:
        (folder / "manifest.json").write_text(text)
    with pytest.raises(RunError, match=words):
        open_run(folder)
    assert list_runs(tmp_path) == []


def test_runs_that_cannot_be_written_are_one_clear_line(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["audit", str(tiny_project), "--maps", "classic", "--runs", str(tmp_path / "file")]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert line.startswith("expected to read and write")
    assert "to do: check path and rights" in line
