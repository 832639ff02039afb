"""Regions given, or found beside the pictures."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import fact, labels, make, opened


def test_regions_are_found_beside_the_classes(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg", "masks/a.png", "masks/b.png")
    project = opened(tmp_path)
    assert project.class_names == ("cat", "dog")
    assert {region.source for region in project.regions.values()} == {"mask"}
    assert "mask pictures in masks" in fact(project, "regions")


def test_masks_and_annotations_between_the_pictures(tmp_path: Path) -> None:
    make(tmp_path, "cat/a (1).jpg", "cat/a (1)_mask.png", "cat/a (1)_mask_1.png", "dog/b.jpg", "dog/b.txt")
    (tmp_path / "dog/b.txt").write_text("0 0.5 0.5 0.5 0.5\n")
    project = opened(tmp_path)
    assert set(labels(project)) == {"cat/a (1).jpg", "dog/b.jpg"}
    assert len(project.regions["cat/a (1)"].shapes) == 2
    assert project.regions["dog/b"].source == "box"


def test_yolo_layout(tmp_path: Path) -> None:
    make(tmp_path, "test/images/a.jpg", "test/labels/a.txt", "data.yaml")
    (tmp_path / "test/labels/a.txt").write_text("0 0.5 0.5 0.5 0.5\n")
    project = opened(tmp_path)
    assert project.regions["test/images/a"].source == "box"
    assert labels(project) == {"test/images/a.jpg": None}


def test_unreadable_regions_that_were_only_found_are_a_warning(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "masks/z.png")
    project = opened(tmp_path)
    assert not project.regions
    assert "e.g. z.png" in fact(project, "regions")
    with pytest.raises(ProjectError, match=r"z\.png"):
        open_project(tmp_path, Overrides(regions=Path("masks")))
