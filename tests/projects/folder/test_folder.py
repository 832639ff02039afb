"""Folders as people have them -> a sound Project, with everything understood said as a fact."""

import json
from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import SOURCES, open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import fact, labels, make, opened


@pytest.mark.parametrize("prefix", ["", "testing/", "test/", "images/", "Images/", "images/test/", "val/"])
def test_class_folders(tmp_path: Path, prefix: str) -> None:
    make(tmp_path, f"{prefix}dog/b.jpg", f"{prefix}cat/a.jpg", f"{prefix}cat/deep/c.png")
    project = opened(tmp_path)
    assert project.class_names == ("cat", "dog")
    expected = {"dog/b.jpg": "dog", "cat/a.jpg": "cat", "cat/deep/c.png": "cat"}
    assert labels(project) == {prefix + path: label for path, label in expected.items()}
    assert project.model_path is None
    assert project.name == tmp_path.name


def test_testing_wins_over_training(tmp_path: Path) -> None:
    make(tmp_path, "training/cat/a.jpg", "testing/cat/b.jpg", "testing/dog/c.jpg")
    assert set(labels(opened(tmp_path))) == {"testing/cat/b.jpg", "testing/dog/c.jpg"}


def test_only_training_pictures_are_warned_of(tmp_path: Path) -> None:
    make(tmp_path, "train/cat/a.jpg", "train/dog/c.jpg")
    assert "training pictures" in fact(opened(tmp_path), "samples")


def test_clutter_is_ignored_or_said(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg", "dog/Thumbs.db", "dog/notes.md", "dog/.hidden.jpg", "logo.png")
    make(tmp_path, "__MACOSX/cat/a.jpg", ".git/x.jpg", "bird/", "docs/readme.md", "dog/.cache/x.jpg")
    project = opened(tmp_path)
    assert set(labels(project)) == {"cat/a.jpg", "dog/b.jpg"}
    assert project.class_names == ("bird", "cat", "dog")
    assert "bird" in fact(project, "empty class folders")
    assert "1 file is no picture: notes.md" in fact(project, "left out")
    assert "logo.png" in fact(project, "left out")
    assert "docs / folders without pictures" in fact(project, "left out")


def test_ids_are_paths_without_suffix_where_unique(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "cat/a.png", "cat/b.v2.jpg", "dog/a.jpg")
    ids = [sample.id for sample in opened(tmp_path).samples]
    assert ids == ["cat/a.jpg", "cat/a.png", "cat/b.v2", "dog/a"]


def test_loose_pictures_are_unlabelled(tmp_path: Path) -> None:
    make(tmp_path, "images/b.jpg", "images/a.jpg")
    project = opened(tmp_path)
    assert labels(project) == {"images/a.jpg": None, "images/b.jpg": None}
    assert project.class_names == ()
    assert "labels.txt" in fact(project, "class order")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("labels.txt", "dog\ncat\n", ("dog", "cat")),
        ("labels.txt", "0 dog\n1 cat\n", ("dog", "cat")),
        ("classes.txt", "\ufeffdog\r\ncat", ("dog", "cat")),
        ("labels.json", ["dog", "cat", "owl"], ("dog", "cat", "owl")),
        ("labels.json", {"0": "dog", "1": "cat"}, ("dog", "cat")),
        ("class_indices.json", {"cat": 1, "dog": 0}, ("dog", "cat")),
        ("classes.json", {"class_names": ["dog", "cat"]}, ("dog", "cat")),
    ],
)
def test_class_order_from_a_labels_file(
    tmp_path: Path, name: str, content: object, expected: tuple[str, ...]
) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg")
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    project = opened(tmp_path)
    assert project.class_names == expected
    assert name in fact(project, "class order")
    moved = (tmp_path / name).rename(tmp_path / f"other_{name}")
    assert opened(tmp_path, Overrides(labels=moved)).class_names == expected


def test_given_class_order_wins(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg")
    (tmp_path / "labels.txt").write_text("cat\ndog\n")
    project = opened(tmp_path, Overrides(class_order=("owl", "dog", "cat")))
    assert project.class_names == ("owl", "dog", "cat")


def test_labels_are_matched_loosely_and_said(tmp_path: Path) -> None:
    make(tmp_path, "Non_fractured/a.jpg", "Fractured/b.jpg")
    (tmp_path / "labels.txt").write_text("non-fractured\nfractured\n")
    project = opened(tmp_path)
    assert labels(project)["Non_fractured/a.jpg"] == "non-fractured"
    assert "Non_fractured = non-fractured" in fact(project, "label names")


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


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (("model.h5",), "model.h5"),
        (("net.keras", "notes.txt"), "net.keras"),
        (("net.keras", "model.h5"), "model.h5"),
        (("export/saved_model.pb", "export/variables/x"), "export"),
        (("models/a.hdf5",), "a.hdf5"),
        (("model.json",), None),
    ],
)
def test_the_model_is_found(tmp_path: Path, files: tuple[str, ...], chosen: str | None) -> None:
    project = opened(make(tmp_path, "testing/cat/a.jpg", *files))
    assert (project.model_path.name if project.model_path else None) == chosen


def test_several_models_have_to_be_chosen_from(tmp_path: Path) -> None:
    make(tmp_path, "testing/cat/a.jpg", "a.h5", "b.keras")
    with pytest.raises(ProjectError, match=r"a\.h5, b\.keras"):
        open_project(tmp_path)
    assert opened(tmp_path, Overrides(model=Path("b.keras"))).model_path == tmp_path / "b.keras"


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


def test_a_class_may_be_called_mask(tmp_path: Path) -> None:
    make(tmp_path, "mask/a.jpg", "mask/b.jpg", "no_mask/c.jpg")
    assert opened(tmp_path).class_names == ("mask", "no_mask")
    make(tmp_path, "no_mask/a.png", "no_mask/b.png")
    assert opened(tmp_path).class_names == ("no_mask",)


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
