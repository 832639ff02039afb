"""Tables with several labels per picture: every way of writing them, and what is no such table."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Fact, Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides


def opened(root: Path, header: str, cells: Sequence[str], answers: Overrides | None = None) -> Project:
    """A folder of loose pictures, and a table with one row each."""
    (root / "images").mkdir(exist_ok=True)
    for number in range(len(cells)):
        Image.new("RGB", (8, 6)).save(root / "images" / f"{number}.png")
    rows = [f"images/{number}.png,{cell}" for number, cell in enumerate(cells)]
    (root / "truth.csv").write_text("\n".join([f"path,{header}", *rows]))
    return open_project(root, answers)


def labels(project: Project) -> list[str | None]:
    return [one.label for one in project.samples]


def fact(project: Project, name: str) -> Fact:
    return next(one for one in project.facts if one.name == name)


@pytest.mark.parametrize(
    "cells",
    [
        ["red|green", "green", "none", "red"],
        ["red; green", "green", "No Finding", "red"],
        ['"red, green"', "green", "-", "red"],
        ["green red", "green", "none", "red"],
        ["\"['red', 'green']\"", "['green']", "[]", "['red']"],
    ],
)
def test_several_names_in_a_cell(tmp_path: Path, cells: list[str]) -> None:
    project = opened(tmp_path, "label", cells)
    assert (project.task, project.class_names) == ("multi-label", ("green", "red"))
    assert labels(project) == ["green|red", "green", "", "red"]
    task = fact(project, "task")
    assert task.origin == "guessed" and "--task=classification" in task.why


@pytest.mark.parametrize(
    "cells",
    [
        ["cat", "dog", "none"],
        ["golden retriever", "siamese cat", "golden retriever"],
        ['"retriever, golden"', '"cat, siamese"', '"retriever, golden"'],
        ["a/b", "b", "a"],
    ],
)
def test_names_that_are_one_class_stay_one(tmp_path: Path, cells: list[str]) -> None:
    project = opened(tmp_path, "label", cells)
    assert project.task == "classification"
    assert labels(project) == [cell.strip('"') for cell in cells]


def test_a_column_of_0_and_1_per_class(tmp_path: Path) -> None:
    project = opened(tmp_path, "red,green,age", ["1,0,30", "1,1,40", "0,0,50", ",1,60"])
    assert (project.task, project.class_names) == ("multi-label", ("red", "green"))
    assert labels(project) == ["red", "red|green", "", None]
    assert "1 sample without labels" in fact(project, "labels").warning
    assert project.samples[0].metadata == {"age": 30}


def test_one_1_in_every_row_is_a_class_per_picture(tmp_path: Path) -> None:
    project = opened(tmp_path, "red,green", ["1,0", "0,1", "1,0"])
    assert (project.task, labels(project)) == ("classification", ["red", "green", "red"])


def test_another_task_leaves_columns_as_they_are(tmp_path: Path) -> None:
    project = opened(tmp_path, "red,green", ["1,1", "0,1"], Overrides(task="visual-anomaly"))
    assert labels(project) == [None, None]
    assert project.samples[0].metadata == {"red": 1, "green": 1}


def test_numbered_columns(tmp_path: Path) -> None:
    project = opened(tmp_path, "label_1,label_2", ["red,green", "green,", ","])
    assert labels(project) == ["green|red", "green", ""]


def test_names_in_the_order_of_the_outputs(tmp_path: Path) -> None:
    order = Overrides(class_order=("red", "green", "blue"))
    project = opened(tmp_path, "label", ["green|red", "RED", "none"], order)
    assert project.class_names == ("red", "green", "blue")
    assert labels(project) == ["red|green", "red", ""]
    with pytest.raises(ProjectError, match="pink"):
        opened(tmp_path, "label", ["green|pink", "red"], order)


def test_blank_cells_say_nothing_is_there_unless_others_say_so_in_words(tmp_path: Path) -> None:
    asked = Overrides(task="multi-label")
    project = opened(tmp_path, "label", ["red|green", "", "?"], asked)
    assert labels(project) == ["green|red", "", None]
    assert "1 blank cell taken as no finding" in fact(project, "labels").warning
    project = opened(tmp_path, "label", ["red|green", "", "none"], asked)
    assert labels(project) == ["green|red", None, ""]


def test_a_class_that_is_called_none_stays_one(tmp_path: Path) -> None:
    order = Overrides(class_order=("none", "red"), task="multi-label")
    assert labels(opened(tmp_path, "label", ["none", "red"], order)) == ["none", "red"]


def test_minus_1_is_uncertain_and_not_counted_unless_said_otherwise(tmp_path: Path) -> None:
    cells = ["1,-1,,30", "0,1,,40", ",,,50", "-1,0,,60"]
    project = opened(tmp_path, "red,green,blue,age", cells)
    assert (project.task, project.class_names) == ("multi-label", ("red", "green"))
    assert labels(project) == ["red|?green", "green", "", "?red"]
    told = fact(project, "uncertain labels")
    assert told.origin == "guessed" and told.value.startswith("2 labels (-1): not counted; 2 blank cells")
    assert "--uncertain=positive or --uncertain=negative" in told.why
    for rule, wanted in (
        ("positive", ["red|green", "green", "", "red"]),
        ("negative", ["red", "green", "", ""]),
    ):
        other = opened(tmp_path, "red,green,blue,age", cells, Overrides(uncertain=rule))
        assert labels(other) == wanted and fact(other, "uncertain labels").origin == "given"


def test_a_blank_column_between_classes_is_a_class_that_nobody_mentions(tmp_path: Path) -> None:
    project = opened(tmp_path, "red,blue,green", ["1,,-1", "0,,1", ",,"])
    assert project.class_names == ("red", "blue", "green")


def test_minus_1_without_0_says_no(tmp_path: Path) -> None:
    project = opened(tmp_path, "bald,young", ["-1,1", "1,1", "-1,-1"])
    assert labels(project) == ["young", "bald|young", ""]
    assert fact(project, "-1 in the table").value == "3 cells say no"


def test_a_column_that_is_called_no_finding_is_a_class_of_its_own(tmp_path: Path) -> None:
    project = opened(tmp_path, "No Finding,green", ["1,0", "0,1", "0,-1"])
    assert project.class_names == ("No Finding", "green")
    assert labels(project) == ["No Finding", "green", "?green"]


def test_folders_of_patients_are_no_classes_where_a_table_has_columns(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"patient{number}").mkdir()
        Image.new("RGB", (8, 6)).save(tmp_path / f"patient{number}" / "view1.png")
    (tmp_path / "train.csv").write_text("Path,a,b\nx/patient1/view1.png,1,-1\nx/patient2/view1.png,0,1\n")
    project = open_project(tmp_path)
    assert (project.class_names, labels(project)) == (("a", "b"), ["a|?b", "b"])
    assert all(one.name != "labels from" for one in project.facts)
