"""Named views in the gallery's menu, and the samples shared out among readers."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.store import open_run
from tests.run_factory import make_run
from tests.ui.app_pages import opened, sound
from tests.ui.test_verdicts import PAGE, give
from ui.reviews import filtered, views


def press(test: AppTest, label: str) -> AppTest:
    next(one for one in test.button if one.label == label).click()
    return sound(test.run())


def test_a_view_is_a_rule_with_a_name_a_count_and_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(make_run(tmp_path))
    wrong = int((~run.table["correct"].astype("boolean")).sum())
    test = opened("2_Gallery.py", tmp_path, monkeypatch, outcome="wrong")
    next(one for one in test.text_input if one.label == "Name what is shown").set_value("Wrong ones")
    press(test, "Keep as a view")
    (view,) = views.of(run)
    assert view.query == {"outcome": ("wrong",)} and views.count(run, view) == wrong
    assert f"Wrong ones · {wrong}" in [entry.proto.label for entry in test.get("page_link")]
    press(test, "Keep as a view")
    assert "a name for the view" in test.error[0].value
    press(test, "Remove")
    assert views.of(run) == []


def test_samples_are_shared_out_and_each_reader_sees_how_far_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(make_run(tmp_path))
    test = opened(PAGE, tmp_path, monkeypatch)
    test.text_area[0].set_value("Ana\nBen\nCleo")
    next(one for one in test.number_input if one.label == "Readers for each picture").set_value(2)
    press(test, "Share out")
    found = views.of(run)
    assert [view.reader for view in found] == ["Ana", "Ben", "Cleo"]
    assert sum(views.count(run, view) for view in found) == 2 * len(run.table)
    row = filtered.order(run, views.filters_of(run, found[0]), "", False)[0]
    give(run, "unsure", "Ana", str(run.table["sample_id"].iloc[row]))
    said = [entry.value for entry in opened(PAGE, tmp_path, monkeypatch).markdown]
    assert f"1 of {views.count(run, found[0])} judged" in " ".join(said)


def test_viewers_keep_no_views_and_readers_share_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(make_run(tmp_path))
    monkeypatch.setattr("ui.access.person.may", lambda wanted: wanted == "viewer")
    with pytest.raises(AuditError, match="reader"):
        views.keep(run, "a name", "")
    monkeypatch.setattr("ui.access.person.may", lambda wanted: wanted != "editor")
    for refused in (lambda: views.share_out(run, ["Ana"], 1, {}), lambda: views.remove(run, "a name")):
        with pytest.raises(AuditError, match="editor"):
            refused()
    assert views.of(run) == []
