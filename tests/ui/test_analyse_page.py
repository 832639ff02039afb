"""Analyse with a small script in place of the real commands: look, change, start, watch, open."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from gradcam_core.base.unzip import pack
from gradcam_core.runs.carrying import carry_pictures
from gradcam_core.runs.store import list_runs, open_run
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import shown, sound, text_of
from ui import jobs
from ui.analyse.running import duration, said_error

FAKE = """
import json, sys, time
kind, project = sys.argv[1], sys.argv[-1]
if project == "missing":
    sys.stderr.write("expected a folder; found 'missing', which is not there; to do: check the path\\n")
    sys.exit(2)
if project == "slow":
    time.sleep(60)
if kind == "audit":
    print(json.dumps({"run": "/runs/tiny-20260102-030405-abc123", "samples": 12, "unreadable": 1,
                      "accuracy": 0.75, "argv": sys.argv}))
    sys.exit()
layers = [{"name": n, "height": s, "width": s, "channels": 8, "kind": "Relu"}
          for n, s in (("mid", 6), ("top", 3))]
facts = [{"name": "scaling", "value": "0..1", "origin": "guessed", "why": "usual",
          "warning": "-1..1 fits better"}]
print(json.dumps({
    "name": "pets", "root": "/p", "samples": 12, "labels": {"cat": 6, "dog": 5}, "unlabelled": 1,
    "class_names": ["cat", "dog"], "regions": {"mask": 10, "none": 2},
    "broken": [{"sample_id": "x", "path": "x.png", "reason": "not a picture"}], "facts": facts,
    "input": {"height": 96, "width": 96, "channels": 3, "resize": "squash", "resize_method": "area",
              "scaling": "0..1"},
    "model": {"path": "/p/m.h5", "format": "keras 2 h5", "outputs": 2, "activation": "softmax",
              "head": "deep", "layers": layers, "classic": "top", "fine": "mid", "why": "",
              "notes": ["Two dense layers."]},
    "warnings": ["scaling: -1..1 fits better"]}))
"""
Open = Callable[..., AppTest]


@pytest.fixture()
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    monkeypatch.setattr(jobs, "start", partial(jobs.start, program=[sys.executable, str(script)]))

    def open_page(**query: str) -> AppTest:
        return shown("4_Analyse.py", **query)

    return open_page


def wait() -> None:
    for _ in range(400):
        if all(job.state in jobs.ENDED for job in jobs.list_jobs()):
            return
        time.sleep(0.05)
    raise AssertionError("a job did not end")


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click()
    return sound(test.run())


def looked(opened: Open, project: str) -> AppTest:
    test = opened()
    test.text_input[0].input(project)
    press(test, "Look at it")
    wait()
    return sound(test.run())


def box(test: AppTest, label: str) -> Any:
    return next(entry for entry in test.selectbox if entry.label == label)


def test_a_look_shows_what_was_understood_with_its_warnings(opened: Open) -> None:
    test = looked(opened, "pets")
    assert "12 samples · cat 6, dog 5 · 1 unlabelled · 10 with mask · 2 without a region" in text_of(test)
    assert "classic maps at top 3×3 · fine maps at mid 6×6" in text_of(test)
    assert "fits better" in test.warning[0].value
    assert test.dataframe[0].value["Origin"].tolist() == ["guessed"]
    assert box(test, "Scaling of pixel values").value == "0..1"


def test_bad_input_says_expected_found_and_to_do(opened: Open) -> None:
    test = looked(opened, "missing")
    assert test.error[0].value.replace("\\", "") == "Expected a folder."
    said = [entry.value.replace("\\", "") for entry in test.markdown]
    assert "**Found** 'missing', which is not there" in said
    assert "**To do** check the path" in said


def test_only_what_was_changed_is_handed_to_the_audit(opened: Open) -> None:
    test = looked(opened, "pets")
    box(test, "Scaling of pixel values").select("-1..1")
    box(test, "Explained class").select("true")
    press(test, "Start the audit")
    wait()
    (job,) = jobs.list_jobs("audit")
    assert job.options == {"scaling": "-1..1", "explain": "true"}
    assert "look" not in test.query_params


def test_looking_again_keeps_what_was_changed_before(opened: Open) -> None:
    test = looked(opened, "pets")
    box(test, "Explained class").select("dog")
    press(test, "Look again with these")
    wait()
    sound(test.run())
    assert box(test, "Explained class").value == "dog"
    box(test, "Explained class").select("predicted")
    press(test, "Look again with these")
    wait()
    assert jobs.list_jobs("inspect")[0].options == {}


def test_a_finished_audit_is_opened_from_the_list(opened: Open, tmp_path: Path) -> None:
    jobs.start("audit", "pets", {})
    wait()
    assert "its folder is not there" in text_of(opened())
    make_run(tmp_path, Recipe())
    st.cache_data.clear()
    test = opened()
    assert "12 samples · 1 could not be read · accuracy 75.0 %" in text_of(test)
    links = {entry.proto.label: entry.proto.query_string for entry in test.get("page_link")}
    assert links["Open"] == "run=tiny-20260102-030405-abc123"


def test_a_running_audit_can_be_stopped_and_removed(opened: Open) -> None:
    jobs.start("audit", "slow", {})
    test = opened()
    press(test, "Stop")
    wait()
    sound(test.run())
    assert "Stopped before it was done" in test.info[0].value
    press(test, "Remove")
    assert jobs.list_jobs() == []


def test_code_in_a_model_is_trusted_only_by_a_tick(opened: Open) -> None:
    test = opened()
    test.text_input[0].input("pets")
    test.checkbox[0].check()
    press(test, "Look at it")
    wait()
    assert jobs.list_jobs("inspect")[0].options == {"trust-code": True}


def test_nothing_named_starts_nothing(opened: Open) -> None:
    test = press(opened(), "Look at it")
    assert test.warning[0].value == "Name a project first."
    assert jobs.list_jobs() == []


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("expected a; found b; to do: c", ("a", "b", "c")),
        ("error: expected a; found b", ("a", "b", "")),
        ("just words", ("just words", "", "")),
        ("expected a; found x.y.z; to do: see d.e", ("a", "x.y.z", "see d.e")),
        ("", ("", "", "")),
    ],
)
def test_an_error_line_is_taken_apart(line: str, parts: tuple[str, str, str]) -> None:
    error = said_error(line)
    assert (error.expected, error.found, error.todo) == parts


@pytest.mark.parametrize(("seconds", "said"), [(9.4, "9 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")])
def test_time_left_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize("search", [True, False])
def test_the_search_follows_the_audit_unless_it_is_switched_off(opened: Open, search: bool) -> None:
    test = looked(opened, "pets")
    test.checkbox(key="then_search").set_value(search)
    press(test, "Start the audit")
    wait()
    assert jobs.list_jobs("audit")[0].searched == search


def test_an_audit_that_is_done_opens_by_itself(opened: Open, tmp_path: Path) -> None:
    make_run(tmp_path, Recipe())
    test = looked(opened, "pets")
    at_once = press(test, "Start the audit").title[0].value  # a job may end while the page is drawn
    wait()
    assert "What is in this audit?" in (at_once, sound(test.run()).title[0].value)


def test_demonstrations_stand_in_rows_of_four_with_short_buttons(opened: Open) -> None:
    test = opened()
    buttons = [entry for entry in test.button if str(entry.key).startswith("demo-")]
    assert len(buttons) >= 7 and {entry.label for entry in buttons} == {"Open"}


def test_a_path_that_leads_nowhere_is_said_at_once(opened: Open, tmp_path: Path) -> None:
    test = opened()
    test.text_input[0].input(str(tmp_path / "nowhere"))
    press(test, "Look at it")
    assert jobs.list_jobs("inspect") == []
    assert "a folder or file on this machine" in test.error[0].value


def test_looking_at_another_project_ends_the_look_before(opened: Open) -> None:
    test = opened()
    for project in ("slow", "pets"):
        test.text_input[0].input(project)
        press(test, "Look at it")
    wait()
    assert {job.project: job.state for job in jobs.list_jobs()} == {"slow": "cancelled", "pets": "done"}


def test_a_deploy_zip_is_put_among_the_runs_and_shown(opened: Open, tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path / "there", Recipe(n=4, pictures=4)))
    carry_pictures(run, "full")
    pack(run.path.parent, tmp_path / "deploy.zip")
    page = opened()
    page.text_input[0].set_value(str(tmp_path / "deploy.zip"))
    page.button[0].click().run()
    (here,) = list_runs(tmp_path / "runs")
    assert here.id == run.id and (here.path / "pictures").is_dir()
    assert not jobs.list_jobs("inspect"), "nothing is looked at: the run is there already"
