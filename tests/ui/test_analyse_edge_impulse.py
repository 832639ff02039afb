"""Analyse for Edge Impulse with a small script in place of the audit: the key, choices, plain words."""

import ast
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from streamlit.testing.v1 import AppTest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.edge_impulse.describe.blocks import (
    Candidate,
    LearnBlock,
    choose_block,
    read_listed,
)
from tests.ui.app_pages import shown, sound
from ui import jobs
from ui.analyse.wording import FIELDS, in_page, sentence

ROOT = Path(__file__).parents[2]
KEY, RIGHT = "ei_wrong0123456789", "ei_right0123456789"
FAKE = """
import json, os, sys, time
if os.environ.get("EI_API_KEY") == "ei_right0123456789":
    if not any(one.startswith("--block") for one in sys.argv):
        sys.stderr.write("expected one learn block; found several: 8 “Cats, dogs” (keras), "
                         "11 “Way (b)” (keras-transfer-image); to do: choose one with --block ID\\n")
        sys.exit(2)
    print(json.dumps({"run": "/runs/pets-1", "samples": 12, "unreadable": 0, "accuracy": 0.75}))
    sys.exit()
time.sleep(60)
"""
Open = Callable[[], AppTest]


@pytest.fixture()
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    home = tmp_path / "home"
    monkeypatch.setenv("GRADCAM_HOME", str(home))
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    monkeypatch.setattr(jobs, "start", partial(jobs.start, program=[sys.executable, str(script)]))

    def open_page() -> AppTest:
        return shown("4_Analyse.py", **{"from": "edge-impulse"})

    yield open_page
    for job in jobs.list_jobs():
        jobs.cancel(job)


def field(test: AppTest, label: str) -> Any:
    return next(entry for entry in test.text_input if entry.label == label)


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click()
    return sound(test.run())


def started(test: AppTest, key: str, **fields: str) -> AppTest:
    field(test, "API key").input(key)
    for label, value in fields.items():
        field(test, label.replace("_", " ")).input(value)
    return press(test, "Fetch and audit it")


def until(true: Callable[[], bool]) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_the_key_is_in_the_jobs_environment_and_nowhere_else(opened: Open, tmp_path: Path) -> None:
    test = started(opened(), KEY, Host="localhost:4800", Learn_block="8")
    (job,) = jobs.list_jobs("audit")
    assert (job.project, job.options) == ("edge-impulse", {"host": "localhost:4800", "block": "8"})
    until(lambda: bool(psutil.Process(job.pid).children()))
    (command,) = psutil.Process(job.pid).children()
    assert command.environ()["EI_API_KEY"] == KEY
    lines = [" ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])]
    assert any("fake.py" in line for line in lines) and not [line for line in lines if KEY in line]
    assert KEY not in os.environ.values()
    written = [path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert written and KEY.encode() not in b"".join(written)
    assert field(test, "API key").value == "" and KEY not in str(test.query_params)
    assert KEY not in str(test.session_state) and field(test, "Host").value == "localhost:4800"


def test_a_corrected_key_starts_a_job_of_its_own(opened: Open) -> None:
    test = started(opened(), KEY)
    test = started(test, KEY)
    assert len(jobs.list_jobs("audit")) == 1, "the same key: the running one is the one that is meant"
    started(test, RIGHT)
    assert len(jobs.list_jobs("audit")) == 2


def test_of_several_blocks_one_is_chosen_and_started_again(opened: Open) -> None:
    test = opened()
    for count in (1, 2):  # the same question twice is no reason to fail
        started(test, RIGHT)
        until(lambda: [job.state for job in jobs.list_jobs()] == ["failed"] * count)  # noqa: B023
        sound(test.run())
    assert test.error[0].value.replace("\\", "") == "Expected one learn block."
    box = next(entry for entry in test.selectbox if entry.label == "Learn block")
    assert box.options == ["8 “Cats, dogs” (keras)", "11 “Way (b)” (keras-transfer-image)"]
    box.select("11 “Way (b)” (keras-transfer-image)")
    press(test, "Start again with this block")
    assert "once more" in test.warning[0].value and len(jobs.list_jobs()) == 2
    test.text_input(key=f"ei-key-{jobs.list_jobs()[0].id}-0").input(RIGHT)
    press(test, "Start again with this block")
    until(lambda: jobs.list_jobs("audit")[0].state == "done")
    assert jobs.list_jobs("audit")[0].options == {"block": "11"}


@pytest.mark.parametrize(
    ("key", "block", "warning"),
    [(" ", "", "Type the project's API key first."), (KEY, "b1", "Numbers only, please: block.")],
)
def test_nothing_starts_without_a_key_or_with_a_word_for_a_number(
    opened: Open, key: str, block: str, warning: str
) -> None:
    test = started(opened(), key, Learn_block=block)
    assert test.warning[0].value == warning and not jobs.list_jobs()


def test_the_list_of_blocks_is_read_as_it_is_written() -> None:
    blocks = [LearnBlock(8, "keras", "a” (b)"), LearnBlock(12, "keras-regression", "9 “c, 7")]
    with pytest.raises(ProjectError) as raised:
        choose_block(blocks, None, lambda block: Candidate(block, {}).metadata)
    assert read_listed(str(raised.value)) == {one.id: str(one) for one in blocks}
    assert read_listed("expected a model; found none") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("give the names with --labels FILE", "give the names in the field “Labels”"),
        ("choose one with --block ID, or name it", "choose one in the field “Learn block”, or name it"),
        ("to use it: --scaling=-1..1", "to use it: -1..1 in the field “Scaling of pixel values”"),
        ("to use it: --threshold 3.5; or not", "to use it: 3.5 in the field “Threshold”; or not"),
        ("check --host, or wait", "check the field “Host”, or wait"),
        (
            "check EI_API_KEY: Studio shows the project's keys",
            "copy the key again, whole: Studio shows the project's keys",
        ),
        ("a --strange option", "a --strange option"),
    ],
)
def test_options_become_fields(text: str, said: str) -> None:
    assert in_page(text) == said and sentence(text) == said[0].upper() + said[1:]


OF_OTHERS = {"raw", "save", "retest"}  # programs that convert files; a command with a button of its own


def test_every_option_that_the_core_names_is_a_field_of_the_page() -> None:
    """Outside commands, clusters, finished runs, and the deployment block, which has no page."""
    own = ("cli", "cluster", "runs", "__main__.py", "deployment.py", "mirror.py")
    named = set()
    for file in (ROOT / "gradcam_core").rglob("*.py"):
        if not set(own) & set(file.relative_to(ROOT).parts):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    named |= set(re.findall(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)", node.value))
    assert {"labels", "host", "block"} <= named - OF_OTHERS <= set(FIELDS)
