"""Progress on the terminal and in a file."""

import json
from pathlib import Path

import pytest

from gradcam_core.base.progress import listening, silent, terminal


def test_the_terminal_and_a_file_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal(tmp_path / "progress.json") as progress:
        progress("pictures", 3, 4)
    said = json.loads((tmp_path / "progress.json").read_text())
    assert (said["stage"], said["done"], said["total"]) == ("pictures", 3, 4)
    assert "pictures" in capsys.readouterr().err


def test_the_bar_is_closed_before_an_error_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no"), terminal() as progress:
        progress("pictures", 1, 4)
        raise ValueError("no")
    assert capsys.readouterr().err.endswith("\n"), "the line of the bar is ended"


def test_a_function_is_told_itself() -> None:
    told: list[tuple[str, int, int]] = []

    def note(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))

    with listening(note) as report:
        report("maps", 1, 2)
    assert told == [("maps", 1, 2)]


def test_nobody_is_told_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with listening(False) as report:
        assert report is silent
        report("maps", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_the_terminal_is_told_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with listening(True) as report:
        report("maps", 1, 2)
    assert "maps" in capsys.readouterr().err
