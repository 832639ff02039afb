"""A folder without pictures says what its files hold instead."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.folder.unopened import unopened


@pytest.mark.parametrize(
    ("name", "kind", "todo"),
    [
        ("train.npz", "NumPy", "save each"),
        ("images.dvc", "DVC", "fetch them"),
        ("biopsy.SVS", "whole slides", "cut tiles"),
        ("head.nii.gz", "volumes", "save the slices"),
        ("data/test-0.parquet", "no column of pictures in Parquet", "write a column"),
    ],
)
def test_what_packs_pictures_is_named_with_what_to_do(
    tmp_path: Path, name: str, kind: str, todo: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"PAR1")
    with pytest.raises(ProjectError) as caught:
        open_project(tmp_path)
    assert kind in caught.value.found and Path(name).name in caught.value.found
    assert caught.value.todo.startswith(todo)


def test_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("tar")
    assert unopened(tmp_path) is None
