"""CUB-200 and Oxford-IIIT Pet: text files say pictures, labels, split and the order of classes."""

from pathlib import Path

import pytest

from benchmarks.layouts import LAYOUTS
from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.folder.listings import find_listing


def test_the_numbers_of_the_classes_are_their_order(tmp_path: Path) -> None:
    LAYOUTS["oxford_pet"].draw(tmp_path)
    project = open_project(tmp_path)
    assert project.class_names == ("Abyssinian", "american_bulldog", "Bengal")
    fact = next(one for one in project.facts if one.name == "class order")
    assert fact.why == "as the data set numbers its classes"


def test_training_pictures_are_left_out_and_said(tmp_path: Path) -> None:
    LAYOUTS["cub200"].draw(tmp_path)
    project = open_project(tmp_path)
    assert len(project.samples) == 3
    assert any("3 rows whose split is not test" in one.warning for one in project.facts)


def test_files_that_do_not_belong_together_are_an_error(tmp_path: Path) -> None:
    LAYOUTS["cub200"].draw(tmp_path)
    (tmp_path / "image_class_labels.txt").write_text("1 1\n")
    with pytest.raises(ProjectError, match="CUB-200"):
        open_project(tmp_path)


def test_other_text_files_are_no_listing(tmp_path: Path) -> None:
    (tmp_path / "images.txt").write_text("1 a.jpg")
    assert find_listing(tmp_path) is None


def test_a_json_with_boxes_is_no_list_of_labels(tmp_path: Path) -> None:
    (tmp_path / "val.json").write_text('{"annotations": [{"bbox": [1, 2, 3, 4]}]}')
    assert find_listing(tmp_path) is None


@pytest.mark.parametrize(
    "text", ['{"annotations": [{"image_id": 1}]}', '{"annotations": 3}', "[", "[" * 99999]
)
def test_a_json_of_another_kind_is_no_list(tmp_path: Path, text: str) -> None:
    (tmp_path / "val.json").write_text(text)
    assert find_listing(tmp_path) is None
