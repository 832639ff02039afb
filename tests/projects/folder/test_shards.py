"""Packed files as projects: which are read, what is made of them, and that nothing leaves the folder."""

from pathlib import Path

import pytest

from benchmarks.layouts.packed import example, record
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.paths import unpacked_dir
from gradcam_core.projects import open_project
from gradcam_core.projects.folder.shards import find_packed
from gradcam_core.projects.overrides import Overrides
from tests.projects.folder.packs.samples import parquet, png, tar


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))


def test_the_test_split_is_read_and_others_are_named(tmp_path: Path) -> None:
    for name in ("train-0", "train-1", "validation-0", "test-0"):
        tar(tmp_path / f"pets-{name}.tar", {f"{name}.png": png(), f"{name}.cls": b"0"})
    project = open_project(tmp_path)
    assert [one.path for one in project.samples] == ["test-0.png"]
    facts = {fact.name: fact for fact in project.facts}
    assert facts["pictures"].value == "unpacked from WebDataset (tar): pets-test-0.tar"
    assert "pets-train-0.tar" in facts["left out"].value and "--images" in facts["left out"].why
    other = open_project(tmp_path, Overrides(images=Path("pets-validation-0.tar")))
    assert [one.path for one in other.samples] == ["validation-0.png"]


def test_one_file_is_a_project(tmp_path: Path) -> None:
    file = parquet(tmp_path / "a.parquet", {"image": [png(), png(1)], "label": ["x", "y"]})
    project = open_project(file)
    assert (project.name, project.class_names) == ("a.parquet", ("x", "y"))
    assert project.root.is_relative_to(unpacked_dir())
    again = open_project(file)
    assert again.root == project.root and len(list(unpacked_dir().iterdir())) == 1


def test_names_stay_in_the_folder_and_apart(tmp_path: Path) -> None:
    names = ["../../up.png", "/etc/x.png", ".hidden.png", "a\0b.png", "same.png", "same.png", "n" * 400]
    pictures = [{"bytes": png(n), "path": name} for n, name in enumerate(names)]
    project = open_project(parquet(tmp_path / "a.parquet", {"image": pictures, "label": list("abababa")}))
    assert len(project.samples) == 7 and not project.broken
    assert all((project.root / one.path).resolve().is_relative_to(project.root) for one in project.samples)
    assert {"same.png", "same-2.png"} <= {one.path for one in project.samples}
    up = tar(tmp_path / "b.tar", {"../../../up.png": png(), "../../../up.cls": b"1"})
    (found,) = open_project(up).samples
    assert found.path == "up.png"


def test_a_bad_record_has_its_reason_and_the_rest_is_there(tmp_path: Path) -> None:
    bad = bytearray(record(example({"image": png(), "label": 1})))
    bad[30] ^= 4
    data = b"".join(record(example({"image": png(n), "label": n % 2})) for n in range(3))
    (tmp_path / "a.tfrecord").write_bytes(data + bad)
    project = open_project(tmp_path)
    assert len(project.samples) == 4
    assert list(project.broken.values()) == ["record 4 is damaged (its checksum is wrong)"]


def test_classes_are_numbered_as_the_file_says(tmp_path: Path) -> None:
    made = [("zebra", 1), ("ant", 2), ("cow", 4)]
    told = [{"image": png(n), "image/class/text": t.encode(), "image/class/label": n} for t, n in made]
    (tmp_path / "a.tfrecord").write_bytes(b"".join(record(example(one)) for one in told))
    assert open_project(tmp_path).class_names == ("zebra", "ant", "class 3", "cow")


@pytest.mark.parametrize("name", ["a.tar", "a.tfrecord", "a.arrow"])
def test_a_damaged_file_is_refused_by_name_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"neither nor")
    with pytest.raises(ProjectError, match=f"whole .* file in {name}"):
        open_project(tmp_path)
    assert list(unpacked_dir().iterdir()) == []


def test_pictures_win_over_packed_files_and_texts_over_folders(tmp_path: Path) -> None:
    assert find_packed(tmp_path) is None
    members = {
        f"{n}.{end}": data for n in range(4) for end, data in (("png", png(n)), ("txt", b"ab"[n % 2 :]))
    }
    tar(tmp_path / "a.tar", members)
    assert [one.label for one in open_project(tmp_path).samples] == ["ab", "b", "ab", "b"]
    (tmp_path / "cat").mkdir()
    (tmp_path / "cat" / "1.png").write_bytes(png())
    assert [one.label for one in open_project(tmp_path).samples] == ["cat"]
