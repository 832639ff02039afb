"""The front page: a card for each audit with its strongest finding; what to do where nothing is there."""

from pathlib import Path

import pytest

from gradcam_core.runs.findings import FINDINGS
from tests.run_factory import Recipe, make_run
from tests.searched_run import LOOK, QUIET, searched, uses
from tests.ui.app_pages import opened, text_of
from ui import jobs


def test_a_card_shows_strip_sentence_level_accuracy_and_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(tmp_path, (LOOK, QUIET, uses()))
    test = opened("0_Audits.py", tmp_path, monkeypatch)
    text = text_of(test)
    assert "Uses the background for “dog”: 5 in 10 predictions change" in text
    assert "(+45 points, 95 % interval 31 to 58, n 60)" in text
    for part in ("truly cat", "its heat", "background swapped", "▲ cat (dog 0.20)", "Accuracy 75 %"):
        assert part in text, part
    assert "80 samples · 2026-01-02 03:04 UTC" in text and "planted" not in text
    assert text.count("<img ") == 3
    assert "level 3: the model uses it" in " ".join(str(entry.value) for entry in test.markdown)


def test_what_a_demonstration_planted_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_run(tmp_path, Recipe(name="pets"))
    assert "planted" not in text_of(opened("0_Audits.py", tmp_path, monkeypatch)), "only a folder's name"
    (run,) = (tmp_path / "runs").iterdir()
    manifest = run / "manifest.json"
    moved = manifest.read_text().replace(f"{tmp_path}/projects/pets", f"{tmp_path}/demos/pets")
    manifest.write_text(moved)
    assert "a demonstration; planted: " in text_of(opened("0_Audits.py", tmp_path, monkeypatch))


def test_an_audit_that_nobody_searched_has_a_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_run(tmp_path, Recipe())
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *given, **_: started.append(given))
    for page in ("0_Audits.py", "1_Overview.py"):
        test = opened(page, tmp_path, monkeypatch)
        assert "Not tested yet" in text_of(test)
        test.button(key=f"test-{path.name}").click().run()
    assert started == [("findings", str(path), jobs.SEARCH)] * 2


def test_a_damaged_audit_does_not_take_the_others_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = searched(tmp_path, (uses(),))
    make_run(tmp_path, Recipe(name="sound"))
    (broken / FINDINGS).write_text("{")
    test = opened("0_Audits.py", tmp_path, monkeypatch)
    assert {entry.value for entry in test.header} == {"tiny", "sound"}
    assert "Not known: findings.json cannot be used" in text_of(test)


def test_without_audits_a_button_starts_a_demonstration_and_its_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[object, ...]] = []

    class Started:
        id = "made"

    def start(*given: object, **named: object) -> Started:
        started.append((*given, named))
        return Started()

    monkeypatch.setattr(jobs, "start", start)
    test = opened("0_Audits.py", tmp_path, monkeypatch)
    next(entry for entry in test.button if "pets" in entry.label).click().run()
    assert started == [("audit", "demo:pets", {}, {"then": jobs.SEARCH})]
    assert test.title[0].value == "Which project shall be audited?"
