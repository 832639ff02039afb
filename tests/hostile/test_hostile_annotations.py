"""Annotations of every tool, DICOM headers and zips at random: answers or errors of ours."""

import copy
import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcam_core.base.errors import AuditError, SampleError
from gradcam_core.base.unzip import extract
from gradcam_core.images import read_header, read_rgb
from gradcam_core.images.reading import read_values
from gradcam_core.projects import open_project
from tests.hostile.grammar import changed, torn, written
from tests.hostile.test_hostile_inputs import annotated, opens, place
from tests.images.test_dicom import GREY, write

pytestmark = pytest.mark.slow

LABEL_STUDIO: list[Any] = [
    {"data": {"image": "/data/upload/1/12345678-a.png"}, "annotations": [{"result": [
        {"original_width": 24, "original_height": 16, "value": {
            "x": 10, "y": 10, "width": 40, "height": 40, "rotation": 9, "rectanglelabels": ["p"]}},
        {"original_width": 24, "original_height": 16, "value": {
            "points": [[1, 1], [50, 1], [50, 50]], "polygonlabels": ["p"]}}]}]}
]  # fmt: skip
LABELME: dict[str, Any] = {
    "imagePath": "a.png", "imageHeight": 16, "imageWidth": 24, "shapes": [
        {"label": "p", "shape_type": "polygon", "points": [[2, 2], [9, 2], [9, 9]]},
        {"label": "c", "shape_type": "circle", "points": [[5, 5], [7, 5]]}]}  # fmt: skip
VIA: dict[str, Any] = {"a.png9": {"filename": "a.png", "regions": [
    {"shape_attributes": {"name": "rect", "x": 2, "y": 2, "width": 5, "height": 5}},
    {"shape_attributes": {"name": "ellipse", "cx": 5, "cy": 5, "rx": 3, "ry": 2}}]}}  # fmt: skip
INFO = {"version": 1, "files": [
    {"path": "../images/dark/a.png", "category": "testing", "label": {"type": "label", "label": "dark"},
     "boundingBoxes": [{"label": "p", "x": 2, "y": 2, "width": 5, "height": 5}]}]}  # fmt: skip
STUDIO = {"boundingBoxes": {"a.png": [{"label": "p", "x": 2, "y": 2, "width": 5, "height": 5}]}}
OBJECTS = {"file_name": "a.png", "objects": {"bbox": [[2, 2, 5, 5]], "categories": ["p"]}}
CVAT = (
    b'<annotations><image name="a.png" width="24" height="16"><polygon label="p" points="2,2;9,2;9,9"/>'
    b'<ellipse label="p" cx="5" cy="5" rx="2" ry="3"/><box xtl="2" ytl="2" xbr="9" ybr="9" rotation="5"/>'
    b'<mask label="p" rle="1, 2, 3" left="1" top="1" width="3" height="2"/></image></annotations>'
)
TREES: dict[str, Any] = {
    "studio.json": LABEL_STUDIO, "labelme.json": LABELME, "via.json": VIA, "info.labels": INFO,
    "bounding_boxes.labels": STUDIO, "metadata.jsonl": OBJECTS,
}  # fmt: skip
TEXTS = {
    "cvat.xml": CVAT,
    "boxes.csv": b"path,xmin,ymin,xmax,ymax,label\na.png,2,2,9,9,p\n",
    "via.csv": b"filename,region_shape_attributes,region_attributes\n"
    b'a.png,"{""name"":""rect"",""x"":2,""y"":2,""width"":5,""height"":5}","{}"\n',
}


def encoded(tree: Any) -> bytes:
    return written(tree).encode("utf-8", "surrogatepass")


def with_value(tree: Any, value: Any, *way: Any) -> bytes:
    """The tree as JSON, with ``value`` where ``way`` leads."""
    whole = copy.deepcopy(tree)
    *above, last = way
    node = whole
    for key in above:
        node = node[key]
    node[last] = value
    return json.dumps(whole).encode()


HEALTHY = {**{name: encoded(tree) for name, tree in TREES.items()}, **TEXTS}


@pytest.mark.parametrize("name", HEALTHY)
def test_the_healthy_annotation_is_read(name: str) -> None:
    with place() as folder:
        found = open_project(str(annotated(folder, name, HEALTHY[name])))
        assert any(fact.name == "regions" and fact.value.startswith("1 of 2") for fact in found.facts)


@given(name=st.sampled_from(sorted(TREES)), data=st.data())
def test_trees(name: str, data: st.DataObject) -> None:
    with place() as folder:
        opens(annotated(folder, name, encoded(data.draw(changed(TREES[name])))))


@given(name=st.sampled_from(sorted(TEXTS)), data=st.data())
def test_texts(name: str, data: st.DataObject) -> None:
    with place() as folder:
        opens(annotated(folder, name, data.draw(torn(TEXTS[name]))))


POINTS = b";".join(b"%d,%d" % (i % 24, i % 16) for i in range(100_001))
IMAGE = (0, "data", "image")
ADDRESSES = ("http://[", "12345678-", "//[::1")
FELL = (
    *(("studio.json", with_value(LABEL_STUDIO, text, *IMAGE)) for text in ADDRESSES),
    ("cvat.xml", CVAT.replace(b"1, 2, 3", b"0.5, 0.5, 4.5, 0.5")),
    ("cvat.xml", CVAT.replace(b'width="24" height="16"', b'width="900000000" height="900000000"')),
    ("cvat.xml", CVAT.replace(b"2,2;9,2;9,9", POINTS)),
    ("via.json", with_value(VIA, 5, "a.png9", "regions")),
    ("via.csv", TEXTS["via.csv"].replace(b'"{}"', b"[" * 50_000)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content"), FELL, ids=range(len(FELL)))
def test_what_once_was_a_traceback_or_took_the_memory(name: str, content: bytes) -> None:
    with place() as folder:
        opens(annotated(folder, name, content))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("film") / "a.dcm"
    return write(path, GREY, "MONOCHROME1", WindowCenter=9, WindowWidth=8).read_bytes()


@given(data=st.data())
def test_dicom(film: bytes, data: st.DataObject) -> None:
    with place() as folder:
        path = folder / "a.dcm"
        path.write_bytes(film[:128] + data.draw(torn(film[128:])))
        for read in (read_header, read_values, read_rgb):
            try:
                assert read(path) is not None
            except SampleError as error:
                assert error.expected


def zipped(kind: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as packed:
        packed.writestr("run/a.txt", np.arange(99).tobytes())
        packed.writestr("run/manifest.json", "{}")
    return file.getvalue()


ZIPS = [zipped(kind) for kind in (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)]


@given(content=st.sampled_from(ZIPS), data=st.data())
def test_zips(content: bytes, data: st.DataObject) -> None:
    with place() as folder:
        (folder / "a.zip").write_bytes(data.draw(torn(content)))
        try:
            names = extract(folder / "a.zip", folder / "out", lambda _: True, "a.zip")
        except AuditError as error:
            assert error.expected
        else:
            assert all((folder / "out" / name).is_file() for name in names)
