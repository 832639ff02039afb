"""The Data page with the real command on drawn pictures, and with what it cannot look at."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.findings.data.data_drawn import drawn, framed, with_file
from tests.ui.app_pages import opened, sound, text_of
from ui import jobs


def look(test: AppTest, path: str) -> AppTest:
    test.text_input[0].input(path)
    next(button for button in test.button if button.label == "Look at the pictures").click()
    sound(test.run())
    if not jobs.list_jobs():
        return test
    for _ in range(1200):
        if all(job.state in jobs.ENDED for job in jobs.list_jobs()):
            return sound(test.run())
        time.sleep(0.05)
    raise AssertionError("the job did not end")


@pytest.fixture()
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path))
    return opened("7_Data.py", tmp_path, monkeypatch)


def test_a_flawed_set_is_told_in_sentences_with_its_tables(page: AppTest, tmp_path: Path) -> None:
    root = tmp_path / "set"
    root.mkdir()
    with_file(drawn(root, framed), "cat0.png", "dog_copy.png", "dog")
    names = sorted(path.name for path in root.glob("*.png"))
    rows = [f"{name},{'cat' if name.startswith('cat') else 'dog'}" for name in names]
    (root / "manifest.csv").write_text("\n".join(["path,label", *rows]), encoding="utf-8")
    test = look(page, str(root))
    said = text_of(test)
    assert "1 picture stands in two classes" in said
    assert "The label can be read from the outer ring of the picture alone" in said
    assert {one.label for one in test.metric} == {
        "Border alone",
        "Background alone",
        "Look alone",
        "File alone",
    }
    assert test.dataframe[0].value["Its label"].tolist() == ["dog"]
    assert len(test.get("image")) == 1


def test_a_path_that_leads_nowhere_starts_nothing(page: AppTest, tmp_path: Path) -> None:
    test = look(page, str(tmp_path / "gone"))
    assert test.error[0].value.startswith("Expected a folder or file") and jobs.list_jobs() == []
    assert look(page, " ").warning[0].value == "Name a folder first."


def test_what_cannot_be_looked_at_is_said(page: AppTest, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    test = look(page, str(tmp_path / "empty"))
    assert "pictures in class folders" in test.error[0].value
