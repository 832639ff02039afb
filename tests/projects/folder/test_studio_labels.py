"""Exports of Edge Impulse as they lie unpacked, and as the zip."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Box
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import layouts, toy
from tests.projects.edge_impulse.layouts import unpack
from tests.sound_project import fact, opened

LABELLED = (
    layouts.with_one_file_of_labels,
    layouts.with_lines,
    layouts.with_labels_per_category,
    layouts.flat,
)


@pytest.mark.parametrize("layout", LABELLED)
@pytest.mark.parametrize("category", [None, "testing", "training", "validation"])
def test_every_layout_keeps_its_labels_by_category(
    layout: Callable[[], layouts.Files], category: str | None, tmp_path: Path
) -> None:
    project = opened(unpack(layout(), tmp_path), Overrides(category=category))
    wanted = category or "testing"
    assert len(project.samples) == layouts.PER_CATEGORY[wanted]
    for one in project.samples:
        assert one.label is not None and Path(one.path).name.startswith(f"{one.label}.")
        assert one.metadata["site"] == "a" and one.metadata["edge_impulse_name"]
    assert set(project.class_names) == set(toy.CLASSES), "a label with a dot is whole"
    assert "testing 4" in fact(project, "category")


def test_the_zip_itself_is_the_same_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))
    archive = tmp_path / "my project.zip"
    archive.write_bytes(toy.zipped(layouts.with_one_file_of_labels()))
    folder = open_project(unpack(layouts.with_one_file_of_labels(), tmp_path / "folder"))
    packed = opened(archive)
    assert packed.name == "my project"
    assert [(s.path, s.label) for s in packed.samples] == [(s.path, s.label) for s in folder.samples]


def test_a_category_without_files_and_one_that_is_no_category(tmp_path: Path) -> None:
    unpack(layouts.with_boxes(), tmp_path)
    with pytest.raises(AuditError) as raised:
        open_project(tmp_path, Overrides(category="training"))
    assert "testing 3" in raised.value.found
    (tmp_path / "info.labels").unlink()
    with pytest.raises(AuditError) as raised:
        open_project(tmp_path, Overrides(category="training"))
    assert "an export of Edge Impulse" in raised.value.expected


def test_a_category_is_a_folder_where_there_is_no_export(tmp_path: Path) -> None:
    files = {f"{split}/{name}/1.jpg": toy.picture(0) for split in ("a", "b") for name in ("x", "y")}
    project = opened(unpack(files, tmp_path), Overrides(category="b"))
    assert {one.path.split("/")[0] for one in project.samples} == {"b"}


def test_without_info_labels_names_are_a_guess_that_is_said(tmp_path: Path) -> None:
    project = opened(unpack(layouts.without_labels(), tmp_path))
    assert {one.label for one in project.samples} == {"dog", "cat"}
    assert "before the first dot" in fact(project, "labels from") and "--labels" in fact(
        project, "labels from"
    )


def test_a_label_with_dots_is_known_by_the_class_names(tmp_path: Path) -> None:
    files = layouts.with_one_file_of_labels()
    del files["info.labels"]
    project = opened(unpack(files, tmp_path), Overrides(class_order=("small.dog", "cat")))
    assert {one.label for one in project.samples} == {"small.dog", "cat"}


@pytest.mark.parametrize("names", [["a.jpg", "b.jpg"], ["1.x.jpg", "2.y.jpg", "3.z.jpg"], ["a.b.jpg"] * 1])
def test_names_that_say_no_label_give_none(names: list[str], tmp_path: Path) -> None:
    project = opened(unpack({name: toy.picture(0) for name in names}, tmp_path))
    assert {one.label for one in project.samples} == {None}


@pytest.mark.parametrize("layout", [layouts.with_boxes, layouts.with_boxes_inline])
def test_boxes_are_the_truth_and_the_label_field_is_none(
    layout: Callable[[], layouts.Files], tmp_path: Path
) -> None:
    project = opened(unpack(layout(), tmp_path))
    assert {one.label for one in project.samples} == {None}
    assert [len(region.shapes) for region in project.regions.values()] == [1, 1], "not counted twice"
    assert next(iter(project.regions.values())).shapes == (Box(20, 10, 60, 40, "small.dog"),)
    assert "--task object-detection" in fact(project, "box labels")


def test_several_labels_per_file_are_said(tmp_path: Path) -> None:
    files = layouts.with_one_file_of_labels()
    entries = json.loads(files["info.labels"])["files"]
    for one in entries[6:8]:
        one["label"] = {"type": "keyvalue-labels", "labels": {"a": "b"}}
    files["info.labels"] = json.dumps({"files": entries}).encode()
    project = opened(unpack(files, tmp_path))
    assert [one.label is None for one in project.samples] == [True, True, False, False]
    assert "2 samples with labels of the kind keyvalue-labels" in fact(project, "labels left out")


def test_sounds_and_series_are_refused_by_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(AuditError) as raised:
        open_project(unpack(layouts.with_series(), tmp_path))
    assert raised.value.found == "3 .cbor" and "edge-impulse" in raised.value.todo


def test_paths_that_lead_out_and_files_that_are_not_there(tmp_path: Path) -> None:
    files = layouts.with_one_file_of_labels()
    entries = json.loads(files["info.labels"])["files"]
    entries[6]["path"] = "testing/../../out.jpg"
    entries[7]["path"] = "testing/gone.jpg"
    files["info.labels"] = json.dumps({"files": entries}).encode()
    project = opened(unpack(files, tmp_path / "inner"))
    assert [*project.broken.values()] == ["no such file"] and len(project.samples) == 3
