"""Each region format read back from a hand-made file, and what happens to malformed entries."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Box, Polygon, Region, RunLength, Sample
from gradcam_core.images.regions import REGIONS, read_regions, render
from tests.images.regions.region_files import SIZE, make_samples, read, write


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    return make_samples(tmp_path)


def _coco(
    root: Path, annotations: list[dict[str, Any]], images: list[dict[str, Any]] | None = None
) -> None:
    default = [
        {"id": 7, "file_name": "images/dog/2.v1.png", "height": 40, "width": 60},
        {"id": "b", "file_name": "cat/1.jpg", "height": 20, "width": 30},
        {"id": 9, "file_name": "elsewhere.jpg", "height": 20, "width": 30},
    ]
    categories = [{"id": 3, "name": "animal"}]
    data = {"images": images or default, "annotations": annotations, "categories": categories}
    write(root / "Annotations" / "all.json", data)


def test_the_registry_holds_the_formats() -> None:
    assert {"mask", "coco", "voc", "yolo", "edge_impulse"} <= set(REGIONS)


def test_coco_box_polygon_and_run_length(tmp_path: Path, samples: list[Sample]) -> None:
    counts = coco.encode(np.asfortranarray(np.eye(40, 60, dtype=np.uint8)))["counts"].decode()
    ring = [1, 2, 11, 2, 11, 12]
    _coco(
        tmp_path,
        [
            {"id": 1, "image_id": 7, "category_id": 3, "bbox": [10, 20, 30, 5], "segmentation": []},
            {"id": 2, "image_id": "b", "segmentation": [ring], "bbox": [0, 0, 1, 1]},
        ],
    )
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"] == Region("box", (Box(10, 20, 40, 25, "animal"),))
    # annotated at 20 × 30, on disk twice as large
    assert found.regions["cat/1"] == Region("mask", (Polygon(((2, 4), (22, 4), (22, 24))),))
    assert found.formats == {"COCO JSON": 1}
    assert found.problems == ["1 annotated pictures are not in this project"]
    _coco(tmp_path, [{"id": 1, "image_id": 7, "segmentation": {"size": [40, 60], "counts": counts}}])
    region = read(tmp_path, samples).regions["dog/2.v1"]
    assert region == Region("mask", (RunLength((40, 60), counts),))
    assert np.array_equal(render(region, SIZE), np.eye(40, 60))


@pytest.mark.parametrize(
    ("annotation", "note"),
    [
        ({"bbox": [1, 2, 3]}, "no usable"),
        ({"bbox": [1, 2, None, 4]}, "no usable"),
        ({"bbox": [1, 2, float("nan"), 4]}, "no usable"),
        ({"bbox": "1 2 3 4"}, "no usable"),
        ({"segmentation": [[1, 2, 3, 4]]}, "1 of 1 polygons"),
        ({"segmentation": [[1, 2, 3, 4, 5]]}, "1 of 1 polygons"),
        ({"segmentation": 5}, "polygons"),
        ({"segmentation": {"size": [40, 60], "counts": [1, 2]}}, "run-length"),
        ({"segmentation": {"size": [40, 60], "counts": "~~~~"}}, "run-length"),
        ({"segmentation": {"counts": [1]}}, "run-length"),
        ({"bbox": [1, 2, 0, 4]}, "empty or outside"),
        ({"bbox": [100, 2, 5, 4]}, "empty or outside"),
        ({}, "no usable"),
    ],
)
def test_malformed_coco_entries_are_notes(
    tmp_path: Path, samples: list[Sample], annotation: dict[str, Any], note: str
) -> None:
    good = {"id": 1, "image_id": "b", "bbox": [0, 0, 10, 10]}
    _coco(tmp_path, [{"id": 5, "image_id": 7, **annotation}, good, {"image_id": [1]}, {"id": 6}])
    found = read(tmp_path, samples)
    assert list(found.regions) == ["cat/1"]
    assert note in found.notes["dog/2.v1"]
    assert sum("unknown image_id" in problem for problem in found.problems) == 2


def test_a_malformed_polygon_falls_back_to_the_box(tmp_path: Path, samples: list[Sample]) -> None:
    _coco(tmp_path, [{"id": 5, "image_id": 7, "segmentation": [[1, 2]], "bbox": [1, 2, 3, 4]}])
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"] == Region("box", (Box(1, 2, 4, 6),))
    assert "polygons" in found.notes["dog/2.v1"]


def test_annotations_of_another_shape_are_a_reason(tmp_path: Path, samples: list[Sample]) -> None:
    images = [{"id": 7, "file_name": "dog/2.v1.png", "height": 60, "width": 60}]
    _coco(tmp_path, [{"id": 5, "image_id": 7, "bbox": [1, 2, 3, 4]}], images)
    assert "60 × 60, but the picture has 40 × 60" in read(tmp_path, samples).notes["dog/2.v1"]


VOC = """<annotation><filename>wrong.jpg</filename><size><width>60</width><height>40</height></size>
<object><name>cat</name><bndbox><xmin>10</xmin><ymin>5.5</ymin><xmax>99</xmax><ymax>20</ymax></bndbox></object>
<object><name>tail</name><bndbox><xmin>x</xmin></bndbox></object></annotation>"""


def test_voc(tmp_path: Path, samples: list[Sample]) -> None:
    write(tmp_path / "Annotations" / "cat" / "1.xml", VOC)
    write(tmp_path / "Annotations" / "a.xml", VOC.replace("wrong.jpg", "2.v1.png").replace(">99<", ">30<"))
    write(tmp_path / "Annotations" / "dog" / "1.xml", "<annotation><obj")
    write(tmp_path / "Annotations" / "b.xml", VOC)
    found = read(tmp_path, samples)
    assert found.regions["cat/1"] == Region("box", (Box(10, 5.5, 60, 20, "cat"),))  # clipped at the right
    assert found.regions["dog/2.v1"].shapes == (Box(10, 5.5, 30, 20, "cat"),)
    assert "'tail'" in found.notes["cat/1"] and "1.xml" in found.notes["dog/1"]
    assert found.problems == ["1 XML files name no picture of this project"]


def test_voc_with_entities_is_refused(tmp_path: Path, samples: list[Sample]) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><annotation>&a;</annotation>'
    write(tmp_path / "Annotations" / "cat" / "1.xml", bomb)
    found = read(tmp_path, samples)
    assert not found.regions
    assert "1.xml" in found.notes["cat/1"]


@pytest.mark.parametrize(
    "names",
    [
        {"classes.txt": "tail\nanimal\n"},
        {"data.yaml": "nc: 2\nnames: ['tail', 'animal']\n"},
        {"../data.yaml": "names:\n  0: tail\n  1: animal\nnc: 2\n"},
        {"data.yaml": "names:\n- tail\n- animal\n"},
    ],
)
def test_yolo_boxes_polygons_and_names(
    tmp_path: Path, samples: list[Sample], names: dict[str, str]
) -> None:
    for name, text in names.items():
        write(tmp_path / "Annotations" / name, text)
    write(tmp_path / "Annotations" / "dog" / "2.v1.txt", "1 0.5 0.5 0.5 0.25\n0 0.1 0.1 0.2 0.2 0.9\n")
    write(tmp_path / "Annotations" / "cat" / "1.txt", "1 0 0 0.5 0 0.5 0.5\n")
    if "classes.txt" in names:
        write(tmp_path / "Annotations" / "dog" / "classes.txt", names["classes.txt"])
        write(tmp_path / "Annotations" / "cat" / "classes.txt", names["classes.txt"])
    elif "data.yaml" not in names:
        write(tmp_path / "Annotations" / "data.yaml", names["../data.yaml"])
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"].shapes[0] == Box(15, 15, 45, 25, "animal")
    assert found.regions["dog/2.v1"].source == "box"
    assert found.regions["cat/1"] == Region("mask", (Polygon(((0, 0), (30, 0), (30, 20)), "animal"),))


@pytest.mark.parametrize(
    "line",
    ["1 0.5 0.5 0.5", "1 a b c d", "0.5 0.5 0.5 0.5 0.5", "1 30 20 10 10", "1 0 0 0.5 0 0.5 0.5 0.5", "x"],
)
def test_malformed_yolo_lines_are_notes(tmp_path: Path, samples: list[Sample], line: str) -> None:
    write(tmp_path / "Annotations" / "cat" / "1.txt", f"0 0.5 0.5 1 1\n\n{line}\n")
    found = read(tmp_path, samples)
    assert found.regions["cat/1"].shapes == (Box(0, 0, 60, 40),)
    assert "1.txt line 3" in found.notes["cat/1"]


def test_edge_impulse_boxes(tmp_path: Path, samples: list[Sample]) -> None:
    boxes = {
        "2.v1.png": [{"label": "dog", "x": 1, "y": 2, "width": 3, "height": 4}, {"x": 1}],
        "gone.png": [],
    }
    file = write(tmp_path / "bounding_boxes.labels", {"version": 1, "boundingBoxes": boxes})
    found = read_regions(file, samples, tmp_path)
    assert found.regions == {"dog/2.v1": Region("box", (Box(1, 2, 4, 6, "dog"),))}
    assert "usable" in found.notes["dog/2.v1"]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("none", None, "does not exist"),
        ("a.json", {"samples": []}, "a.json"),
        ("a.json", "{not json", "a.json"),
        ("a.csv", "x", "a.csv"),
        ("other.xml", VOC, "names one of the 3 pictures"),
        ("notes.txt", "some notes", "names one of the 3 pictures"),
    ],
)
def test_paths_without_regions_are_errors(
    tmp_path: Path, samples: list[Sample], name: str, content: Any, found: str
) -> None:
    if content is not None:
        write(tmp_path / name, content)
    with pytest.raises(ProjectError, match="to do") as caught:
        read_regions(tmp_path / name, samples, tmp_path)
    assert found in str(caught.value)
