"""COCO: one JSON file of images, annotations and categories."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco

from gradcam_core.base.types import Box, Polygon, Region, RunLength, Sample
from gradcam_core.images.regions import render
from tests.images.regions.region_files import SIZE, read, write


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
