"""Pictures, projects, annotations and runs made at random: answers or errors of ours, nothing else."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gradcam_core.base.errors import AuditError, SampleError
from gradcam_core.images.reading import read_header, read_mask, read_rgb
from gradcam_core.projects import open_project
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.store import open_run
from tests.hostile.grammar import CANARY, PATHS, changed, scalars, tables, torn, written
from tests.run_factory import Recipe
from tests.runs.test_damage import used
from tests.searched_run import searched, uses

pytestmark = pytest.mark.slow
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")


@contextmanager
def place() -> Iterator[Path]:
    """A folder of this input's own, in a folder in which no canary may appear."""
    with tempfile.TemporaryDirectory() as outer:
        inner = Path(outer) / "in" / "side"
        inner.mkdir(parents=True)
        yield inner
        assert not [one for one in Path(outer).rglob(CANARY) if inner not in one.parents]
        assert not Path("/tmp", CANARY).exists()


def picture(form: str) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(file, form)
    return file.getvalue()


PICTURES = {form: picture(form) for form in FORMATS}


@given(form=st.sampled_from(FORMATS), data=st.data())
def test_pictures(form: str, data: st.DataObject) -> None:
    with place() as folder:
        path = folder / f"a.{form.lower()}"
        path.write_bytes(data.draw(torn(PICTURES[form])))
        for read in (read_header, read_rgb, read_mask):
            try:
                read(path)
            except SampleError as error:
                assert error.expected


def project(folder: Path) -> Path:
    for label, name in (("dark", "a"), ("light", "b")):
        (folder / "images" / label).mkdir(parents=True)
        (folder / "images" / label / f"{name}.png").write_bytes(PICTURES["PNG"])
    return folder


def opens(folder: Path) -> None:
    """Open a folder as the command line does: a project, or an error with a way out."""
    try:
        open_project(str(folder))
    except AuditError as error:
        assert error.expected


TOML = (
    "model",
    "images",
    "labels",
    "regions",
    "task",
    "class_names",
    "scaling",
    "orientation",
    "background",
)


@given(key=st.sampled_from(TOML), value=scalars.filter(lambda one: one is not None))
def test_project_files(key: str, value: Any) -> None:
    with place() as folder:
        text = json.dumps(value) if isinstance(value, str | bool) else str(value)
        (project(folder) / "project.toml").write_text(f"{key} = {text}\n", encoding="utf-8")
        opens(folder)


@given(rows=tables, header=st.sampled_from((("path", "label"), ("label",), ("image_id", "dx"), ())))
def test_tables(rows: list[list[str]], header: tuple[str, ...]) -> None:
    with (
        place() as folder,
        (project(folder) / "labels.csv").open("w", newline="", encoding="utf-8") as file,
    ):
        csv.writer(file).writerows([header, *rows] if header else rows)
        file.flush()
        opens(folder)


BOXES = {
    "images": [{"id": 1, "file_name": "dark/a.png", "width": 24, "height": 16}],
    "categories": [{"id": 1, "name": "pet"}],
    "annotations": [
        {"id": 1, "image_id": 1, "category_id": 1, "bbox": [2, 2, 8, 8],
         "segmentation": [[2, 2, 10, 2, 10, 10]]},
    ],
}  # fmt: skip
VOC = (
    b"<annotation><filename>a.png</filename><size><width>24</width><height>16</height></size><object>"
    b"<name>pet</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>"
    b"</annotation>"
)
YOLO = b"0 0.5 0.5 0.25 0.25\n0 0.1 0.1 0.2 0.1 0.2 0.2\n"


ANNOTATIONS = {"instances.json": json.dumps(BOXES).encode(), "a.xml": VOC, "a.txt": YOLO}


def annotated(folder: Path, name: str, content: bytes) -> Path:
    (project(folder) / "annotations").mkdir()
    (folder / "annotations" / name).write_bytes(content)
    (folder / "project.toml").write_text('regions = "annotations"\n')
    return folder


@pytest.mark.parametrize("name", ANNOTATIONS)
def test_the_healthy_annotation_is_read(name: str) -> None:
    with place() as folder:
        found = open_project(str(annotated(folder, name, ANNOTATIONS[name])))
        assert any(fact.name == "regions" and fact.value.startswith("1 of 2") for fact in found.facts)


@given(tree=changed(BOXES))
def test_coco(tree: Any) -> None:
    with place() as folder:
        opens(annotated(folder, "instances.json", written(tree).encode()))


@given(content=torn(VOC))
def test_voc(content: bytes) -> None:
    with place() as folder:
        opens(annotated(folder, "a.xml", content))


@given(content=torn(YOLO))
def test_yolo(content: bytes) -> None:
    with place() as folder:
        opens(annotated(folder, "a.txt", content))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched(tmp_path_factory.mktemp("whole"), (uses(),), recipe=Recipe(n=6))


JSONS = ("manifest.json", "findings.json", "trust.json")


@given(name=st.sampled_from(JSONS), data=st.data())
def test_runs(whole: Path, name: str, data: st.DataObject) -> None:
    with place() as folder:
        run = Path(shutil.copytree(whole, folder / whole.name))
        tree = data.draw(changed(json.loads((run / name).read_text()))) if (run / name).exists() else {}
        (run / name).write_text(written(tree))
        used(run)


BINARIES = ("samples.parquet", "outlines.parquet", "heatmaps.npy", "logits.npy", "cover.npy")


@given(name=st.sampled_from(BINARIES), data=st.data())
def test_files_of_runs(whole: Path, name: str, data: st.DataObject) -> None:
    with place() as folder:
        run = Path(shutil.copytree(whole, folder / whole.name))
        (run / name).write_bytes(data.draw(torn((run / name).read_bytes())))
        used(run)


@given(path=st.sampled_from(PATHS), data=st.data())
def test_paths_in_tables_of_runs(whole: Path, path: str, data: st.DataObject) -> None:
    with place() as folder:
        run = Path(shutil.copytree(whole, folder / whole.name))
        table = pd.read_parquet(run / "samples.parquet")
        table["path"] = path + data.draw(st.text(max_size=4))
        table.to_parquet(run / "samples.parquet")
        try:
            file = picture_file(open_run(run), str(open_run(run).table["path"].iloc[0]))
        except AuditError:
            return
        assert CANARY not in str(file)
        assert whole.parents[1] in file.parents
