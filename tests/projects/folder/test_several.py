"""Columns that say more than yes and no of a class are refused by name, and become no classes."""

from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.folder.sample_table import Manifest
from gradcam_core.projects.folder.several import class_columns
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import make


def test_only_numbers_that_say_yes_or_no_are_columns_of_classes() -> None:
    frame = pd.DataFrame(
        {"path": ["x", "y"], "a": [1.0, None], "b": [0, -1], "age": [40, 41], "sex": ["f", "m"]}
    )
    assert class_columns(Manifest(Path("t.csv"), frame, "path", None, None)) == ["a", "b"]
    assert class_columns(Manifest(Path("t.csv"), frame, "path", "sex", None)) == []


def test_the_advice_works(tmp_path: Path) -> None:
    make(tmp_path, "x.png", "y.png")
    (tmp_path / "t.csv").write_text("image,cat,dog\nx,1,1\ny,0,1\n")
    with pytest.raises(ProjectError, match="cat, dog"):
        open_project(tmp_path, Overrides(task="classification"))
    project = open_project(tmp_path, Overrides(task="classification", labels_from="folders"))
    assert [one.label for one in project.samples] == [None, None]
    (tmp_path / "t.csv").write_text("image,cat,dog,label\nx,1,0,cat\ny,0,1,dog\n")
    assert [one.label for one in open_project(tmp_path).samples] == ["cat", "dog"]
