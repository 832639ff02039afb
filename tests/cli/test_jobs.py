"""``jobs``: the folders of jobs told in lines; no process is needed to read how one ended."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from gradcam_core.__main__ import main
from gradcam_core.base import jobs as kept


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return tmp_path / "jobs"


def job(folder: Path, name: str, code: int | None, stdout: str = "", stderr: str = "") -> Path:
    """A job whose process ended with ``code``; None for one that is this very process."""
    place = folder / name
    place.mkdir(parents=True)
    own = psutil.Process(os.getpid())
    said: dict[str, Any] = {"kind": "audit", "project": "pets\x1b[2J", "options": {}, "argv": []}
    said |= {"pid": own.pid, "created": own.create_time() - (0 if code is None else 500)}
    (place / kept.JOB).write_text(json.dumps({**said, "started": datetime.now(UTC).isoformat()}))
    (place / kept.STDOUT).write_text(stdout)
    (place / kept.STDERR).write_text(stderr)
    if code is not None:
        (place / kept.EXIT).write_text(json.dumps({"code": code}))
    return place


def test_each_job_says_how_far_it_is_or_how_it_ended(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job(folder, "a", 0, stdout='{"run": "/runs/pets-1"}')
    job(folder, "b", 2, stderr="expected a folder; found none")
    now = {"stage": "maps", "done": 3, "total": 9, "rate": 1.5, "seconds_left": 4.0}
    (job(folder, "c", None) / kept.PROGRESS).write_text(json.dumps(now))
    assert main(["jobs"]) == 0
    said = capsys.readouterr().out
    assert "maps: 3 of 9, 1.5 per second, 0:00:04 left  c" in said
    assert "expected a folder; found none  b" in said and "run: pets-1  a" in said
    assert "\x1b" not in said
    assert main(["jobs", "--json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert {name: one["state"] for name, one in listed.items()} == {
        "a": "done",
        "b": "failed",
        "c": "running",
    }
    assert listed["c"]["progress"]["total"] == 9 and listed["a"]["run"] == "pets-1"


def test_only_what_ended_is_forgotten_and_only_what_goes_is_stopped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, going = job(folder, "b", 2), job(folder, "c", None)
    assert main(["jobs", "--stop", "b"]) == 2
    assert "found one that is failed" in capsys.readouterr().err
    assert main(["jobs", "--forget", "c"]) == 2
    assert main(["jobs", "--forget", "../jobs/b"]) == 2
    assert going.exists() and place.exists()
    assert main(["jobs", "--forget", "b"]) == 0
    assert not place.exists()


def test_none_yet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs"]) == 0
    assert "no jobs" in capsys.readouterr().out
    assert not folder.exists()
