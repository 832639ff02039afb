"""Turns without a process: locks held here stand for jobs that live."""

import fcntl
from pathlib import Path

import pytest

from gradcam_core.base import turns
from gradcam_core.base.turns import BEGUN, LOCK, PLACES, ahead, await_turn, is_held, places


def job(jobs: Path, name: str) -> Path:
    (jobs / name).mkdir()
    (jobs / name / LOCK).touch()
    return jobs / name


def test_ahead_are_those_that_came_before_and_live(tmp_path: Path) -> None:
    first, second, third = (job(tmp_path, name) for name in "abc")
    with (first / LOCK).open("w") as one, (third / LOCK).open("w") as other:
        fcntl.flock(one, fcntl.LOCK_EX)
        fcntl.flock(other, fcntl.LOCK_EX)
        assert is_held(first / LOCK) and not is_held(second / LOCK)
        assert (ahead(first), ahead(second), ahead(third)) == ([], [first], [first])
    assert ahead(third) == [], "who is dead keeps nobody waiting"


def test_a_turn_comes_when_the_one_before_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (job(tmp_path, name) for name in "ab")
    file = (first / LOCK).open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    waited = list[float]()
    monkeypatch.setattr(turns.time, "sleep", lambda seconds: (waited.append(seconds), file.close()))
    await_turn(second)
    assert len(waited) == 1 and (second / BEGUN).exists()


def test_who_takes_no_turns_waits_for_nobody(tmp_path: Path) -> None:
    await_turn(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "found"), [("", 1), ("3", 3), ("0", 1), ("many", 1), ("9" * 5000, 1), ("²", 1)]
)
def test_how_many_at_once(said: str, found: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACES, said)
    assert places() == found
