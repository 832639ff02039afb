"""No path that a project's files hold leads out of it: TOML, CSV, COCO, VOC, YOLO, labels, links."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import InputSpec, MaskFile, Project
from gradcam_core.images.batches import load_sample
from gradcam_core.images.medium import PICTURES
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.hostile_paths import CANARY, OUTSIDE, plant

SPEC = InputSpec(8, 8, 3)
COLOUR = (201, 7, 93)  # of the picture outside
Write = Callable[[Path, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(tmp_path / "gate")


def toml(key: str) -> Write:
    return lambda root, written: (
        (root / "project.toml").write_text(f"{key} = {json.dumps(written)}\n") and None
    )


def table(root: Path, written: str) -> None:
    quoted = written.replace('"', '""')
    (root / "manifest.csv").write_text(f'path,label\nin/a.png,cat\n"{quoted}",cat\n', encoding="utf-8")


def coco(root: Path, written: str) -> None:
    image = {"id": 1, "file_name": written, "height": 8, "width": 8}
    box = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 3, 3]}
    data = {"images": [image, {**image, "id": written}], "annotations": [box, {**box, "image_id": [1]}]}
    categories = [{"id": 1, "name": written}, {"id": [1], "name": "x"}]
    (root / "regions.json").write_text(json.dumps({**data, "categories": categories}))


def voc(root: Path, written: str) -> None:
    text = written.replace("&", "").replace("<", "").replace("\0", "")
    (root / "annotations").mkdir()
    (root / "annotations" / "b.xml").write_text(
        f"<annotation><filename>{text}</filename><path>{text}</path><object><name>{text}</name>"
        "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>4</xmax><ymax>4</ymax></bndbox></object></annotation>"
    )


def yolo(root: Path, written: str) -> None:
    (root / "boxes").mkdir()
    (root / "boxes" / "a.txt").write_text("0 0.5 0.5 0.2 0.2\n")
    (root / "boxes" / "data.yaml").write_text(f"path: {written}\nnames: [{written}]\n", encoding="utf-8")


FIELDS: dict[str, Write] = {
    **{key: toml(key) for key in ("model", "images", "regions", "labels")},
    **{"csv": table, "coco": coco, "voc": voc, "yolo": yolo},
}


def told(project: Project) -> str:
    """All that is said of a project, and what its pictures and masks hold."""
    said = [str(project.facts), str(project.class_names), str(project.broken), str(project.region_notes)]
    for sample in project.samples:
        loaded = load_sample(project, sample, SPEC, [(2, 2)], PICTURES)
        said.append(f"{loaded.reason} {loaded.note}")
        assert loaded.picture is None or not (np.asarray(loaded.picture) == COLOUR).all(axis=-1).any()
    for region in project.regions.values():
        for shape in region.shapes:
            assert not isinstance(shape, MaskFile) or shape.path.resolve().is_relative_to(project.root)
    return " ".join(said)


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_of_a_project_leads_out(field: str, tmp_path: Path) -> None:
    for number, written in enumerate(OUTSIDE):
        root = plant(tmp_path / str(number))
        FIELDS[field](root, written.replace("{outside}", str(root.parent / "outside")))
        try:
            said = told(open_project(root))
        except AuditError as error:
            said = str(error)
        assert CANARY not in said, written


LINKS = (
    "labels.txt",
    "classes.txt",
    "manifest.csv",
    "regions.json",
    "features.json",
    "model.h5",
    "masks",
    "cat",
)


@pytest.mark.parametrize("name", LINKS)
def test_no_link_of_a_project_is_followed_out(name: str, root: Path) -> None:
    target = root.parent / "outside"
    (target / "a.png").write_bytes((target / "canary.png").read_bytes())
    is_folder = "." not in name
    (root / name).symlink_to(target if is_folder else target / "canary.txt")
    try:
        said = told(open_project(root))
    except AuditError as error:
        said = str(error)
    assert CANARY not in said


def test_pipes_and_devices_are_not_waited_for(root: Path) -> None:
    import os

    for name in ("labels.txt", "project.toml", "manifest.csv", "in/b.png", "regions.json", "features.json"):
        os.mkfifo(root / name)
    (root / "in" / "c.png").symlink_to("/dev/zero")
    try:
        said = told(open_project(root))
    except AuditError as error:
        said = str(error)
    assert CANARY not in said


PATHS = [one.name for one in fields(Overrides) if "Path" in str(one.type)]


def test_with_roots_everything_that_is_named_lies_in_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = root.parent / "outside"
    assert open_project(root, Overrides(images=outside)).samples, "people may name any place themselves"
    monkeypatch.setenv("GRADCAM_ROOTS", str(root))
    assert open_project(root).samples
    hidden = root / ".streamlit" / "secrets.toml"
    for given in ({"images": outside}, {"labels": outside / "canary.txt"}, {"labels": Path("/etc/passwd")},
                  {"model": outside / "canary.txt"}, {"regions": outside}, {"labels": hidden},
                  *({name: outside} for name in PATHS)):  # fmt: skip
        with pytest.raises(AuditError, match="GRADCAM_ROOTS") as caught:
            open_project(root, Overrides(**given))
        assert CANARY not in str(caught.value) and "root:" not in str(caught.value)
    for place in (outside, Path("/"), root.parent, root / "out"):
        with pytest.raises(AuditError, match="GRADCAM_ROOTS"):
            open_project(place)


def test_class_names_come_out_of_text_files_only(root: Path) -> None:
    for file in (
        "/etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        str(root / ".streamlit" / "secrets.toml"),
    ):
        with pytest.raises(AuditError, match="class names in a file that ends in") as caught:
            open_project(root, Overrides(labels=Path(file)))
        assert CANARY not in str(caught.value) and "root:" not in str(caught.value)


def test_a_name_that_is_not_utf_8_is_left_out_and_said(root: Path) -> None:
    Image.new("RGB", (8, 8)).save(root / "in" / "b.png")
    (root / "in" / "b.png").rename(
        str(root / "in" / "caf") + b"\xe9.png".decode("utf-8", "surrogateescape")
    )
    project = open_project(root)
    assert [sample.path for sample in project.samples if "caf" in sample.path] == []
    assert "caf?.png" in told(project)
