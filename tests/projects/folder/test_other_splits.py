"""Pictures beside the test pictures: training folders with their classes, rows that a table left out."""

from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.projects import open_project
from gradcam_core.projects.folder.other_splits import other_samples


def picture(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path)


def test_training_folders_have_their_classes_and_a_split(tmp_path: Path) -> None:
    for name in ("test/cat/1.png", "train/cat/2.png", "train/fox/3.png", "val/4.png", "masks/1.png"):
        picture(tmp_path / name)
    project = open_project(tmp_path)
    assert [one.path for one in project.samples] == ["test/cat/1.png"]
    found = [(one.path, one.label, one.split) for one in other_samples(project)]
    assert found == [
        ("train/cat/2.png", "cat", "train"),
        ("train/fox/3.png", None, "train"),
        ("val/4.png", None, "val"),
    ], "a class that the test pictures do not have is no label here, and a mask is no picture"


def test_pictures_that_the_table_leaves_out_are_found(tmp_path: Path) -> None:
    for name in ("1.png", "2.png"):
        picture(tmp_path / name)
    rows = "path,label,split\n1.png,cat,test\n2.png,dog,train\n"
    (tmp_path / "manifest.csv").write_text(rows, encoding="utf-8")
    (other,) = other_samples(open_project(tmp_path))
    assert (other.path, other.split) == ("2.png", "left out")


def test_a_plain_folder_has_no_others(tmp_path: Path) -> None:
    picture(tmp_path / "cat" / "1.png")
    assert other_samples(open_project(tmp_path)) == ()
