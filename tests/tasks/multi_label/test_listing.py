"""Pictures become rows of one class each; regions go with their class; a guessed order is decided."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.auditing.pipeline import ready
from gradcam_core.base.types import Sample
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks.multi_label import listing
from gradcam_core.tasks.options import AuditOptions
from tests.tasks.multi_label import colours

OPTIONS = AuditOptions(engine="tensorflow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen pictures; labels in a table of 0 and 1, whose columns are not in the model's order."""
    folder = tmp_path_factory.mktemp("onehot")
    rng = np.random.default_rng(3)
    sets = {
        f"{number:02d}": [name for name in colours.COLOURS if rng.random() < 0.5] for number in range(16)
    }
    colours.write_pictures(folder / "images", sets)
    colours.write_network(folder / "model.keras")
    order = ("blue", "red", "green")
    rows = [f"{name}.png," + ",".join(str(int(c in one)) for c in order) for name, one in sets.items()]
    (folder / "truth.csv").write_text("\n".join(["image,blue,red,green", *rows]))
    return folder


def test_the_labels_decide_a_guessed_order(folder: Path) -> None:
    project = ready(open_project(folder), OPTIONS).project
    assert project.class_names == ("red", "green", "blue", "absent")
    (fact,) = (one for one in project.facts if one.name == "class order")
    assert fact.origin == "decided by the labels" and "100%" in fact.why
    assert all(one.metadata["_labels"] == one.metadata["_answers"] for one in project.samples)


def test_a_given_order_stays_and_is_contradicted(folder: Path) -> None:
    given = Overrides(class_order=("blue", "red", "green"))
    project = ready(open_project(folder, given), OPTIONS).project
    assert project.class_names[:3] == ("blue", "red", "green")
    (fact,) = (one for one in project.facts if one.name == "class order")
    assert fact.alarm and "red, green, blue" in fact.warning


def test_a_row_has_the_shapes_of_its_class(folder: Path, tmp_path: Path) -> None:
    boxes = tmp_path / "boxes"
    boxes.mkdir()
    opened = open_project(folder)
    both = next(one for one in opened.samples if {"blue", "green"} <= set(str(one.label).split("|")))
    stem = Path(both.path).stem
    (boxes / "classes.txt").write_text("blue\nred\ngreen\n")
    (boxes / f"{stem}.txt").write_text("0 0.4 0.7 0.2 0.2\n2 0.6 0.2 0.2 0.2\n")
    project = ready(open_project(folder, Overrides(regions=boxes)), OPTIONS).project
    rows = {one.label: one.id for one in project.samples if one.path == both.path}
    assert [shape.label for shape in project.regions[rows["green"]].shapes] == ["green"]  # type: ignore[union-attr]
    assert [shape.label for shape in project.regions[rows["blue"]].shapes] == ["blue"]  # type: ignore[union-attr]


def test_a_row_about_an_uncertain_class_has_no_label() -> None:
    sample = Sample("p", "p.png", "red|?green")
    rows = listing._rows(sample, np.array([1.0, 2.0, -1.0]), ("red", "green", "blue"))
    assert [(one.id, one.label) for one in rows] == [("p#1", "red"), ("p#2", None)]
    assert {one.metadata["_labels"] for one in rows} == {"red|?green"}
    (nearest,) = listing._rows(
        replace(sample, label="?green"), np.array([-3.0, -1, -2]), ("red", "green", "blue")
    )
    assert nearest.label is None
