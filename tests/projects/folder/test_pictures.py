"""Class folders, a manifest, or loose pictures."""

from pathlib import Path

import pandas as pd
import pytest

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


def test_loose_pictures_are_unlabelled(tmp_path: Path) -> None:
    make(tmp_path, "images/b.jpg", "images/a.jpg")
    project = opened(tmp_path)
    assert labels(project) == {"images/a.jpg": None, "images/b.jpg": None}
    assert project.class_names == ()
    assert "labels.txt" in fact(project, "class order")


@pytest.mark.parametrize("name", ["m.parquet", "ground truth.csv"])
def test_a_table_with_labels_defines_the_samples_of_a_single_folder(tmp_path: Path, name: str) -> None:
    root = make(tmp_path, "pics/a.png", "pics/b.png", "pics/c.png")
    frame = pd.DataFrame({"path": [f"pics/{x}.png" for x in "abc"], "label": ["dog", "cat", "dog"]})
    frame.to_parquet(root / name) if name.endswith("parquet") else frame.to_csv(root / name, index=False)
    project = opened(root)
    assert project.class_names == ("cat", "dog")
    assert labels(project) == {"pics/a.png": "dog", "pics/b.png": "cat", "pics/c.png": "dog"}


def test_a_table_without_labels_leaves_the_single_folder_a_class(tmp_path: Path) -> None:
    root = make(tmp_path, "pics/a.png", "pics/b.png")
    pd.DataFrame({"path": ["pics/a.png", "pics/b.png"], "site": [1, 2]}).to_csv(
        root / "sites.csv", index=False
    )
    assert set(labels(opened(root)).values()) == {"pics"}


def test_class_folders_are_not_overruled_by_a_table(tmp_path: Path) -> None:
    root = make(tmp_path, "cat/a.png", "dog/b.png")
    frame = pd.DataFrame({"path": ["cat/a.png", "dog/b.png"], "label": ["x", "y"]})
    frame.to_csv(root / "other.csv", index=False)
    assert opened(root).class_names == ("cat", "dog")
