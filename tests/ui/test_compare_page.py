"""The page Before and after: headline, cues, changed samples with both heats, and what is not known."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from gradcam_core.runs.compare.retested import Retested, write_retested
from gradcam_core.runs.store import open_run
from tests.compared_runs import edit_table, searched_run, two_runs
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import opened, text_of
from ui import jobs

PAGE = "8_Compare.py"
STAMP = "-20260102-030405-abc123"
AFTER, BEFORE = f"after{STAMP}", f"before{STAMP}"


def test_a_repair_is_said_first_and_shown_sample_by_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_runs(tmp_path, edit_table(0.9), edit_table(0.02, mark=0.6))
    test = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE)
    said = text_of(test)
    assert "Background gone: 88 → 0 points" in said and "1 tested in one audit only" in said
    assert "not tested before" in said and "each audit's own edits" in said.replace("&#x27;", "'")
    pairs = pairs_of(test)
    assert len(pairs) == 12 and {pair["note"].rpartition(" · ")[2] for pair in pairs} >= {"repaired"}
    assert all(
        pair[side]["url"].startswith("data:image/jpeg") for pair in pairs for side in ("before", "after")
    )
    test.segmented_control(key="compare_kind").set_value("broken").run()
    assert test.query_params["kind"] == "broken"
    assert {pair["note"].rpartition(" · ")[2] for pair in pairs_of(test)} == {"broken"}


def pairs_of(test: AppTest) -> list[dict[str, Any]]:
    """What the browser gets of the samples whose answer changed."""
    sent = [
        json.loads(one.proto.json)
        for one in test.get("bidi_component")
        if "gradcam_flicker" in str(one.proto)
    ]
    (only,) = sent
    return list(only["pairs"])


def test_more_than_two_audits_are_a_table_of_models_and_cues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_runs(tmp_path, edit_table(0.9), edit_table(0.02, mark=0.6))
    test = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE)
    assert "More than two audits" not in [entry.value for entry in test.header]
    searched_run(tmp_path, "third", edit_table(0.5, mark=0.02))
    three = [BEFORE, AFTER, f"third{STAMP}"]
    test = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE, over=",".join([*three, "nothing"]))
    table = text_of(test).partition('<div class="farms ctable chistory">')[2].partition("</table>")[0]
    assert table.count("<tr>") == 5 and table.count("not tested") == 1
    assert "The background<br>" in table and "a marker at a fixed place for “dog”" in table.lower()


def test_before_and_after_can_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_runs(tmp_path, edit_table(0.9), edit_table(0.02))
    test = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE)
    next(one for one in test.button if one.label.startswith("Exchange")).click().run()
    assert (test.query_params["run"], test.query_params["before"]) == (BEFORE, AFTER)
    assert "Background new: 0 → 88 points" in text_of(test)


def test_the_same_edits_are_offered_until_they_were_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *given, **more: started.append((*given, more)))
    paths = two_runs(tmp_path, edit_table(0.9), edit_table(0.02))
    test = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE)
    next(one for one in test.button if one.label.startswith("Test both")).click().run()
    assert started == [("compare", str(paths[0]), {"retest": True}, {"further": [str(paths[1])]})]
    kept = Retested(edit_table(0.9), edit_table(0.02), {"background-swap": "background"})
    write_retested(*(open_run(path) for path in paths), kept, budget=200, seed=0)
    again = opened(PAGE, tmp_path, monkeypatch, run=AFTER, before=BEFORE)
    assert not [one for one in again.button if one.label.startswith("Test both")]
    assert "both models were asked about the same edits" in text_of(again)


def test_a_run_alone_and_runs_of_other_pictures_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run(tmp_path, Recipe(name="alone", classes=("fox", "owl")))
    assert "no second audit with the same classes" in text_of(opened(PAGE, tmp_path, monkeypatch))
    make_run(tmp_path, Recipe(name="other", classes=("fox", "owl"), size=(60, 80)))
    test = opened(PAGE, tmp_path, monkeypatch)
    assert "two audits of the same pictures" in test.error[0].value
