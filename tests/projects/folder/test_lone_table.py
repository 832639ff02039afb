"""A table of any name beside one folder of pictures: its labels win over the folder's name."""

from pathlib import Path

import pandas as pd
import pytest

from tests.sound_project import labels, make, opened


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
