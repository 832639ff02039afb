"""A search that must end in time never leaves half a result."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.base.progress import Progress, silent
from gradcam_core.cli import _search
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, bool]]:
    """Searches by (edits, on the run itself); the one with edits writes a file before its last word."""
    seen: list[tuple[bool, bool]] = []

    def investigate(path: Path, edits: bool, progress: Progress = silent) -> None:
        seen.append((edits, path.parent.name == "runs"))
        (path / f"edits-{edits}").write_text("")
        progress("edits", 1, 2)

    monkeypatch.setattr(_search, "investigate", investigate)
    return seen


def files(path: Path) -> set[str]:
    return {one.name for one in path.iterdir() if one.name.startswith("edits-")}


def test_what_ended_in_time_is_kept(tmp_path: Path, calls: list) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    assert _search.search(run, 5, silent, tmp_path / "trial") == ""
    assert files(run.path) == {"edits-False", "edits-True"} and calls == [(False, True), (True, False)]
    assert not (tmp_path / "trial").exists() and np.isfinite(open_run(run.path).maps()).any()


def test_a_search_whose_time_is_up_leaves_the_one_without_edits(tmp_path: Path, calls: list) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    said = _search.search(run, 1e-9, silent, tmp_path / "trial")
    assert "did not end within 1e-09 minutes" in said and "at most level 2" in said
    assert files(run.path) == {"edits-False"} and len(calls) == 2 and not (tmp_path / "trial").exists()


def test_no_minutes_are_no_edits(tmp_path: Path, calls: list) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    assert "without edits" in _search.search(run, 0, silent, tmp_path / "trial")
    assert calls == [(False, True)]


def test_an_error_of_the_edits_is_said_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def investigate(path: Path, edits: bool, progress: Progress = silent) -> None:
        if edits:
            raise ModelError("a model", "none", "give one")

    monkeypatch.setattr(_search, "investigate", investigate)
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    assert "found none" in _search.search(run, 5, silent, tmp_path / "trial")
