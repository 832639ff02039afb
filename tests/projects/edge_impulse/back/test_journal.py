from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.projects.edge_impulse.back.changes import Change
from gradcam_core.projects.edge_impulse.back.journal import DONE, UNDONE, Journal

CHANGE = Change("7", "category", "testing", "training")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return Journal("studio.example", 12, "../run")


def again(journal: Journal) -> Journal:
    return Journal("studio.example", 12, "../run")


def test_what_was_begun_or_done_is_open_newest_first_until_it_is_undone(journal: Journal) -> None:
    first, second = journal.begin(CHANGE), journal.begin(CHANGE.undone())
    journal.set(first, DONE)
    assert [(one.number, one.state) for one in again(journal).open()] == [(2, "begun"), (1, "done")]
    again(journal).set(second, UNDONE)
    (left,) = again(journal).open()
    assert left.change == CHANGE and again(journal).begin(CHANGE).number == 3


def test_it_stays_in_its_folder_whatever_a_run_is_called(journal: Journal, tmp_path: Path) -> None:
    journal.begin(CHANGE)
    assert journal.file.parent == tmp_path / "written-back" and journal.file.is_file()


def test_half_a_last_line_is_forgotten_and_damage_before_it_is_said(journal: Journal) -> None:
    journal.begin(CHANGE)
    with journal.file.open("a") as file:
        file.write('{"number": 2, "sta')
    assert len(again(journal).open()) == 1
    again(journal).begin(CHANGE)
    assert len(again(journal).open()) == 2
    journal.file.write_text("nonsense\n" + journal.file.read_text())
    with pytest.raises(AuditError, match="line 1 is none"):
        again(journal)
