"""CSV and Parquet manifests -> samples, labels and metadata; rows that cannot be used have a reason."""

from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.projects.overrides import Overrides
from tests.sound_project import fact, labels, make, opened

MANIFEST = """path,label,age,site,ok
images/a.jpg,cat,3,X,True
images/b.jpg,,4.5,,False
c.jpg,dog,,Y,True
"""


@pytest.mark.parametrize("kind", ["csv", "semicolon", "parquet"])
def test_manifest(tmp_path: Path, kind: str) -> None:
    make(tmp_path, "images/a.jpg", "images/b.jpg", "images/c.jpg", "images/extra.jpg")
    if kind == "parquet":
        (tmp_path / "m.csv").write_text(MANIFEST)
        pd.read_csv(tmp_path / "m.csv").to_parquet(tmp_path / "manifest.parquet")
        (tmp_path / "m.csv").unlink()
    else:
        (tmp_path / "manifest.csv").write_text(MANIFEST.replace(",", ";" if kind == "semicolon" else ","))
    project = opened(tmp_path)
    assert labels(project) == {"images/a.jpg": "cat", "images/b.jpg": None, "images/c.jpg": "dog"}
    assert project.class_names == ("cat", "dog")
    assert project.samples[0].metadata == {"age": 3.0, "site": "X", "ok": True}
    assert project.samples[1].metadata == {"age": 4.5, "site": None, "ok": False}
    assert "1 picture on disk not in the manifest" in fact(project, "samples")
    assert "1 sample without a label" in fact(project, "labels")


def test_manifest_rows_that_cannot_be_used_have_a_reason(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside", "z.jpg") / "z.jpg"
    root = make(tmp_path / "project", "images/a.jpg", "images/NA.jpg")
    rows = f"a.jpg,cat\ngone.jpg,cat\n../outside/z.jpg,dog\n{outside},dog\n,dog\na.jpg,dog\nNA.jpg,NA\n"
    (root / "manifest.csv").write_text("path,label\n" + rows)
    project = opened(root)
    assert project.broken == {
        "gone": "no such file",
        "row 4: ../outside/z": "the path leads out of the project folder",
        "row 6": "the manifest has no path in this row",
    } | {f"row 5: {outside.with_suffix('')}": "the path leads out of the project folder"}
    assert labels(project)["images/NA.jpg"] == "NA"
    assert "row 7 repeats images/a.jpg, first as 'cat', again as 'dog'" in fact(project, "samples")


def test_given_pictures_elsewhere_and_synonyms(tmp_path: Path) -> None:
    pictures = make(tmp_path / "store", "x/001.jpg", "x/002.jpg")
    root = make(tmp_path / "project", "model.h5")
    rows = f"image_id,class,split\n001,1,test\n{pictures}/x/002.jpg,0,test\n003,1,train\n"
    (root / "list.csv").write_text(rows)
    (root / "labels.txt").write_text("cat\ndog\n")
    project = opened(root, Overrides(images=pictures, class_order=("cat", "dog"), labels=root / "list.csv"))
    assert project.root == pictures
    assert labels(project) == {"x/001.jpg": "dog", "x/002.jpg": "cat"}
    assert project.samples[0].metadata == {"split": "test"}
    assert "column 'image_id' taken as path" in fact(project, "samples")
    assert "1 rows whose split is not test are left out" in fact(project, "samples")
    assert "numbers taken as places" in fact(project, "label names")


def test_a_table_beside_loose_pictures_labels_them(tmp_path: Path) -> None:
    make(tmp_path, "images/a.jpg", "images/b.jpg")
    (tmp_path / "data.csv").write_text("file,label\na.jpg,cat\nb.jpg,dog\n")
    (tmp_path / "other.csv").write_text("x,y\n1,2\n")
    project = opened(tmp_path)
    assert labels(project) == {"images/a.jpg": "cat", "images/b.jpg": "dog"}
    assert "other.csv" in fact(project, "tables left out")
    assert labels(opened(tmp_path / "data.csv")) == labels(project)
