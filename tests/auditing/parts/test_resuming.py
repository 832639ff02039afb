"""An audit that was stopped goes on, and gives the run that it would have given, to the bit."""

import shutil
from pathlib import Path

import pytest

from gradcam_core.auditing.parts import resuming
from gradcam_core.auditing.parts.shelf import FOLDER, SUFFIX
from gradcam_core.auditing.pipeline import audited, ready
from gradcam_core.auditing.setup import Setup
from gradcam_core.projects import open_project
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.run_equality import assert_same


class Stopped(Exception):
    """Somebody ended the audit."""


@pytest.fixture(scope="module")
def setup(tiny_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Setup:
    """Of a copy whose pictures may be changed."""
    copy = tmp_path_factory.mktemp("copied") / "tiny"
    shutil.copytree(tiny_project, copy)
    return ready(open_project(copy), AuditOptions(engine="tensorflow", batch_size=2))


@pytest.fixture
def stopped(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of runs in which an audit of 11 samples was stopped after the fifth piece of two."""
    monkeypatch.setattr(resuming, "PIECE", 2)

    def stop(stage: str, done: int, total: int) -> None:
        assert (stage, total) == ("computing maps", 11)
        if done == 8:
            raise Stopped

    with pytest.raises(Stopped):
        audited(setup, tmp_path, stop)
    assert [one.name for one in tmp_path.iterdir()] == [FOLDER]
    return tmp_path


def finished(setup: Setup, runs: Path) -> tuple[Run, list[str]]:
    told: list[str] = []
    run = audited(setup, runs, lambda stage, done, total: told.append(f"{stage}: {done}"))
    assert [one.name for one in runs.iterdir()] == [run.id]
    return run, told


def test_it_goes_on_and_says_so_and_is_the_same_run(setup: Setup, stopped: Path, tmp_path: Path) -> None:
    run, told = finished(setup, stopped)
    assert told[0] == "computing maps, 6 kept from an audit that was stopped: 2"
    assert run.manifest["samples_kept"] == 6
    whole, _ = finished(setup, tmp_path / "whole")
    assert whole.manifest["samples_kept"] == 0
    assert_same(run, whole)


def test_a_changed_picture_is_computed_again(setup: Setup, stopped: Path) -> None:
    (setup.project.root / setup.project.samples[0].path).touch()
    run, _ = finished(setup, stopped)
    assert run.manifest["samples_kept"] == 4


def test_a_damaged_part_is_computed_again(setup: Setup, stopped: Path, tmp_path: Path) -> None:
    for file in stopped.rglob(f"*{SUFFIX}"):
        file.write_bytes(file.read_bytes()[:-40])
    run, _ = finished(setup, stopped)
    whole, _ = finished(setup, tmp_path / "whole")
    assert_same(run, whole)
