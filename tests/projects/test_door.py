"""A project as people look at it: facts, samples and problems as tables."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.door import open_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures of two classes, a mask that fits one of them, and no model."""
    for number in range(6):
        path = tmp_path / "testing" / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((8, 10, 3), 40 * number, np.uint8)).save(path)
    mask = tmp_path / "masks" / "a" / "0.png"
    mask.parent.mkdir(parents=True)
    Image.fromarray(np.eye(8, 10, dtype=np.uint8) * 255).save(mask)
    return tmp_path


def test_class_names_may_be_said_as_a_list_or_as_a_file(folder: Path, tmp_path: Path) -> None:
    (folder / "names.txt").write_text("b\na\n")
    by_list = open_project(folder, labels=["b", "a"])
    by_file = open_project(str(folder), labels=str(folder / "names.txt"))
    by_order = open_project(folder, class_order=["b", "a"])
    assert by_list.class_names == by_file.class_names == by_order.class_names == ("b", "a")


def test_samples_are_a_table(folder: Path) -> None:
    project = open_project(folder)
    assert list(project.samples.columns[:3]) == ["sample_id", "path", "label"]
    assert sorted(project.samples["label"]) == ["a", "a", "a", "b", "b", "b"]
    assert (project.samples["region_source"] == "mask").sum() == 1
    assert repr(project) == f"<project {folder.name}: 6 samples, classification>"


def test_what_was_given_is_a_fact(folder: Path) -> None:
    facts = open_project(folder, scaling="-1..1").facts.set_index("name")
    assert facts.loc["scaling", "value"] == "-1..1" and facts.loc["scaling", "origin"] == "given"
    assert facts.loc["resize", "origin"] == "guessed"


def test_problems_name_what_they_are_about(folder: Path) -> None:
    (folder / "testing" / "a" / "empty.png").write_bytes(b"")
    project = open_project(folder)
    assert set(project.problems["about"]) <= {*project.samples["sample_id"], *project.facts["name"]}
    assert project.problems["problem"].str.len().gt(0).all()


def test_thinned_keeps_samples_spread_evenly(folder: Path) -> None:
    project = open_project(folder)
    every = list(project.samples["sample_id"])
    assert list(project.thinned(3).samples["sample_id"]) == every[::2]
    assert list(project.thinned(99).samples["sample_id"]) == every
    with pytest.raises(ProjectError, match="at least one sample"):
        project.thinned(0)


def test_an_unknown_override_is_a_mistake_in_the_call(folder: Path) -> None:
    with pytest.raises(TypeError, match="modle"):
        open_project(folder, modle="model.keras")  # type: ignore[call-arg]
