"""Folders as people have them -> a sound Project, with everything understood said as a fact."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import SOURCES, open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import make, opened


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("labels.txt", "cat\nowl\n", "found dog"),
        ("labels.txt", "cat\ncat\n", "cat more than once"),
        ("labels.txt", "", "no names"),
        ("labels.json", "{", "JSON"),
        ("labels.json", "3", "JSON"),
        ("labels.json", '{"cat": "x"}', "JSON"),
        ("project.toml", "color = 1", "color"),
        ("project.toml", "[", "TOML"),
        ("project.toml", "channels = 2", "1 .grey. or 3"),
        ("project.toml", 'scaling = "0..2"', "torch"),
        ("project.toml", 'model = "gone.h5"', "gone.h5"),
        ("project.toml", 'regions = "gone"', "gone does not exist"),
        ("project.toml", 'images = "gone"', "gone"),
        ("project.toml", "class_order = 5", "class_order as list"),
        ("manifest.csv", "a,b\n1,2\n", "column with paths"),
        ("manifest.csv", "", "CSV"),
        ("manifest.csv", "path,label\n", "found none"),
        ("manifest.parquet", "no parquet", "Parquet"),
    ],
)
def test_what_does_not_fit_together_is_one_clear_error(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg")
    (tmp_path / name).write_text(content)
    with pytest.raises(ProjectError, match=message) as caught:
        open_project(tmp_path)
    assert caught.value.todo


def test_project_file_and_overrides(tmp_path: Path) -> None:
    make(tmp_path, "pictures/cat/a.jpg", "pictures/dog/b.jpg", "a.h5", "b.h5")
    text = 'name = "Pets"\nmodel = "b.h5"\nscaling = "-1..1"\nresize = "fit-long"\n'
    text += 'class_order = ["dog", "cat"]\n'
    (tmp_path / "project.toml").write_text(text)
    for spec in (tmp_path, tmp_path / "project.toml"):
        project = opened(spec, Overrides(scaling="torch", resize_method="nearest", channels=3))
        assert (project.name, project.class_names) == ("Pets", ("dog", "cat"))
        assert project.model_path == tmp_path / "b.h5"
        assert (project.scaling, project.resize, project.resize_method) == ("torch", "fit-long", "nearest")
        assert project.channels == 3
    assert [f.origin for f in project.facts if f.name in ("scaling", "resize", "channels")] == ["given"] * 3


def test_folders_without_pictures_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="--images"):
        open_project(make(tmp_path / "empty", "readme.md"))
    with pytest.raises(ProjectError, match="a folder"):
        open_project(tmp_path / "empty" / "readme.md")
    with pytest.raises(ProjectError, match="does not exist"):
        open_project(tmp_path / "gone")
    assert "folder" in SOURCES
