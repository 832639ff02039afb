"""Class folders and a table that name classes: which one counts, what is said of it, how to change it."""

from pathlib import Path

import pytest
from PIL import Image

from gradcam_core.base.types import Fact, Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides


def parts(root: Path, folders: dict[str, list[str]], rows: list[str], table: str = "metadata.csv") -> Path:
    """Folders of pictures, and a table beside them."""
    for folder, names in folders.items():
        for name in names:
            (root / folder).mkdir(exist_ok=True)
            Image.new("RGB", (8, 6)).save(root / folder / f"{name}.png")
    (root / table).write_text("\n".join(rows))
    return root


def ham(root: Path, rows: list[str] | None = None, table: str = "metadata.csv") -> Path:
    """Two parts that are no classes, and a table with a column dx and names without a suffix."""
    names = [f"ISIC_{number}" for number in range(8)]
    told = [f"L{k},{name},{('mel', 'nv', 'bkl')[k % 3]},45" for k, name in enumerate(names)]
    header = "lesion_id,image_id,dx,age"
    return parts(root, {"part_1": names[:4], "part_2": names[4:]}, [header, *(rows or told)], table)


def fact(project: Project) -> Fact | None:
    return next((one for one in project.facts if one.name == "labels from"), None)


def test_a_table_that_names_the_pictures_wins_over_folders(tmp_path: Path) -> None:
    project = open_project(ham(tmp_path))
    assert project.class_names == ("bkl", "mel", "nv")
    first = next(one for one in project.samples if one.id == "part_1/ISIC_0")
    assert first.label == "mel"
    assert first.metadata == {"lesion_id": "L0", "age": 45}
    said = fact(project)
    assert said is not None
    assert said.value == "column 'dx' of metadata.csv"
    assert "names 8 of 8 pictures" in said.warning
    assert "part_1: mel 2, nv 1, bkl 1" in said.warning
    assert "--labels-from=folders" in said.warning


def test_one_option_changes_it(tmp_path: Path) -> None:
    project = open_project(ham(tmp_path), Overrides(labels_from="folders"))
    assert project.class_names == ("part_1", "part_2")
    said = fact(project)
    assert said is not None and (said.value, said.origin, said.warning) == ("folders", "given", "")
    assert project.samples[0].metadata["dx"] == "mel"


def test_it_is_kept_in_the_project_file(tmp_path: Path) -> None:
    (ham(tmp_path) / "project.toml").write_text('labels_from = "folders"\n')
    assert open_project(tmp_path).class_names == ("part_1", "part_2")


def test_a_table_of_few_of_the_pictures_does_not_win(tmp_path: Path) -> None:
    rows = ["L0,ISIC_0,mel,45", "L1,ISIC_1,nv,45"]
    project = open_project(ham(tmp_path, rows))
    assert project.class_names == ("part_1", "part_2")
    said = fact(project)
    assert said is not None and "names 2 of 8 pictures" in said.warning
    assert "--labels-from=table" in said.warning
    followed = open_project(tmp_path, Overrides(labels_from="table"))
    assert [one.label for one in followed.samples].count(None) == 6
    assert followed.class_names == ("mel", "nv")


@pytest.mark.parametrize("words", [("cat", "dog"), ("0", "1"), ("Cat", "DOG")])
def test_a_table_that_says_the_same_changes_nothing(tmp_path: Path, words: tuple[str, str]) -> None:
    folders = {"cat": ["a", "b"], "dog": ["c", "d"]}
    rows = ["image,label", f"a,{words[0]}", f"b,{words[0]}", f"c,{words[1]}", f"d,{words[1]}"]
    project = open_project(parts(tmp_path, folders, rows))
    assert project.class_names == ("cat", "dog")
    assert fact(project) is None


def test_folders_of_patients_are_no_classes(tmp_path: Path) -> None:
    folders = {f"patient_{number}": [f"p{number}_a", f"p{number}_b"] for number in range(4)}
    rows = ["image,label", *(f"p{n}_{k},{('ill', 'well')[n % 2]}" for n in range(4) for k in "ab")]
    assert open_project(parts(tmp_path, folders, rows)).class_names == ("ill", "well")


def test_a_manifest_says_where_folders_differ_and_the_option_counts_there_too(tmp_path: Path) -> None:
    project = open_project(ham(tmp_path, table="manifest.csv"))
    assert project.class_names == ("bkl", "mel", "nv")
    said = fact(project)
    assert said is not None and "part_2: nv 2, bkl 1, mel 1" in said.warning
    changed = open_project(tmp_path, Overrides(labels_from="folders"))
    assert changed.class_names == ("part_1", "part_2")
