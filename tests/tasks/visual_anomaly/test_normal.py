"""Which class is normal, and which pictures may be learned from."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Fact
from gradcam_core.tasks.visual_anomaly.normal import normal_pictures, two_classes
from tests.tasks.visual_anomaly.made import project


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("broken", "good", "stained"), ("good", "anomaly")),
        (("anomaly", "No Anomaly"), ("No Anomaly", "anomaly")),
        (("first", "second"), ("first", "second")),
        (("OK",), ("OK", "anomaly")),
        ((), ("normal", "anomaly")),
    ],
)
def test_which_label_is_normal(names: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert two_classes(project(names, [])).class_names == expected


@pytest.mark.parametrize(("origin", "warned"), [("guessed", True), ("given", False), ("read", False)])
def test_the_first_of_two_unknown_words_is_warned_of(origin: Any, warned: bool) -> None:
    order = Fact("class order", "broken, whole", origin, "a test")
    found = two_classes(replace(project(("broken", "whole"), ["broken"]), facts=(order,)))
    (fact,) = (one for one in found.facts if one.name == "normal class")
    assert ("is not known" in fact.warning) is warned
    (fact,) = (one for one in two_classes(project(("bad", "good"), [])).facts if one.name == "normal class")
    assert not fact.warning


def test_a_training_folder_says_what_no_test_label_does(tmp_path: Path) -> None:
    (tmp_path / "train" / "good").mkdir(parents=True)
    found = two_classes(project(("bent", "torn", "wet"), ["torn", None], tmp_path))
    assert found.class_names == ("good", "anomaly")
    assert [one.label for one in found.samples] == ["anomaly", None]


def test_kinds_of_anomaly_become_one_class_and_stay_known() -> None:
    found = two_classes(project(("broken", "good", "stained"), ["stained", "good", None]))
    assert [one.label for one in found.samples] == ["anomaly", "good", None]
    assert dict(found.samples[0].metadata) == {"kind": "stained"}


def test_without_a_normal_label_nothing_is_guessed() -> None:
    with pytest.raises(ProjectError, match="one label that means normal"):
        two_classes(project(("broken", "bent", "stained"), []))


def test_training_pictures_come_first_and_test_samples_are_crossed(tmp_path: Path) -> None:
    mine = project(("good", "anomaly"), ["good", "anomaly"], tmp_path)
    found = normal_pictures(mine)
    assert found.crossed
    assert [path.name for path in found.paths] == ["0.png"]
    for name in ("train/good/a.png", "train/bent/b.png", "train/good/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = normal_pictures(mine)
    assert not found.crossed
    assert [path.name for path in found.paths] == ["a.png"]
