"""Whom a long computation tells: a function, the terminal, nobody."""

import pytest

from gradcam_core.base.progress import listening, silent


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


def test_the_terminal_gets_bars_that_end_with_the_block(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError), listening(True) as report:
        report("maps", 1, 2)
        raise RuntimeError
    shown = capsys.readouterr()
    assert shown.out == "" and "maps" in shown.err and shown.err.endswith("\n")
