"""How the pages read a task: words on a card, bars and facts of one sample."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.runs.store import Run, open_run
from gradcam_core.tasks import TASKS
from tests.run_factory import Recipe, make_run
from ui import data, readings
from ui.readings import READINGS, Row, Said, classification
from ui.readings._bars import class_shares, classes
from ui.values import carried


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    spoiled = {"every_unreadable": 11, "every_unlabelled": 6}
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(**spoiled)))


def row_of(run: Run, place: int) -> Row:
    return data.records(run, np.array([place]))[0]


def test_every_reading_belongs_to_a_task() -> None:
    assert set(READINGS) <= set(TASKS)


@pytest.mark.parametrize("task", ["classification", "of another version"])
def test_a_run_of_an_unknown_task_is_read_as_classes(run: Run, task: str) -> None:
    project = {**run.manifest["project"], "task": task}
    assert readings.of(Run(run.path, {**run.manifest, "project": project})) is READINGS["classification"]


def test_a_run_older_than_tasks_is_read_as_classes(run: Run) -> None:
    project = {key: value for key, value in run.manifest["project"].items() if key != "task"}
    assert readings.of(Run(run.path, {**run.manifest, "project": project})) is READINGS["classification"]


def classified(**changes: Any) -> Row:
    row = {"label": "cat", "predicted": "cat", "correct": True, "confidence": 0.934, "outcome": "correct"}
    return {**row, **changes}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            classified(),
            Said("cat", "", "correct", False, "0.93", "Truly cat, predicted cat with 0.93, correct"),
        ),
        (
            classified(label="dog", correct=False, outcome="incorrect"),
            Said("dog", "cat", "wrong", True, "0.93", "Truly dog, predicted cat with 0.93, wrong"),
        ),
        (
            classified(label="dog", correct=False, outcome="uncertain"),
            Said("dog", "cat", "uncertain", False, "0.93", "Truly dog, predicted cat with 0.93, uncertain"),
        ),
        (
            classified(outcome="uncertain"),
            Said("cat", "", "uncertain", False, "0.93", "Truly cat, predicted cat with 0.93, uncertain"),
        ),
        (
            classified(label=None, correct=None, outcome="unlabelled"),
            Said(
                "no label", "cat", "no label to compare", False, "0.93", "No label, predicted cat with 0.93"
            ),
        ),
        (
            classified(predicted=None, correct=None, confidence=np.nan, outcome="unreadable"),
            Said("cat", "", "not predicted", False, "", "cat, not predicted"),
        ),
    ],
    ids=["correct", "wrong", "uncertain and wrong", "uncertain and right", "unlabelled", "unreadable"],
)
def test_a_class_in_words(run: Run, row: Row, said: Said) -> None:
    assert classification.said(run, row) == said


def test_a_run_without_outcomes_can_still_be_read(run: Run) -> None:
    row = {name: value for name, value in classified().items() if name != "outcome"}
    assert classification.said(run, row).verdict == "correct"


@pytest.mark.parametrize(
    ("activation", "logits", "shares"),
    [
        ("softmax", [0.0, np.log(3)], [0.25, 0.75]),
        ("softmax", [1000.0, 1000.0], [0.5, 0.5]),
        ("sigmoid", [np.log(3)], [0.25, 0.75]),
        ("sigmoid", [0.0, np.log(3)], [0.5, 0.75]),
        ("linear", [2.0, -1.0], [np.nan, np.nan]),
    ],
)
def test_class_shares(tmp_path: Path, activation: str, logits: list[float], shares: list[float]) -> None:
    np.save(tmp_path / "logits.npy", np.array([[9.0] * len(logits), logits], np.float32))
    manifest = {"project": {"class_names": ["a", "b"]}, "model": {"activation": activation}}
    names, found, _ = class_shares(Run(tmp_path, manifest), 1)
    assert names == ["a", "b"]
    assert found == pytest.approx(shares, nan_ok=True)


def test_classes_name_their_roles_strongest_first(run: Run) -> None:
    found = classes(run, 3, row_of(run, 3))
    assert [(entry["name"], entry["role"]) for entry in found] == [
        ("cat", "predicted, explained"),
        ("dog", "true"),
    ]
    assert sum(entry["share"] for entry in found) == pytest.approx(1)


def test_a_sample_without_prediction_has_no_bars(run: Run) -> None:
    assert classes(run, 10, row_of(run, 10)) == []


@pytest.mark.parametrize(
    ("point", "values"),
    [
        ({"customdata": {"0": -1.5, "1": -1.0}}, [-1.5, -1.0]),
        ({"customdata": [-1.5, -1.0]}, [-1.5, -1.0]),
        ({}, []),
    ],
)
def test_what_a_bar_carries_back_from_the_browser(point: Row, values: list[float]) -> None:
    assert carried(point) == values
