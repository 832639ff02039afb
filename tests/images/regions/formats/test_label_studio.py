"""Label Studio: percent of the picture become pixels, turned boxes turn about their left top corner."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.types import Box, Polygon, Sample
from tests.images.regions.region_files import read, write

SIDES = {"original_width": 60, "original_height": 40}


def task(link: str, *values: dict[str, Any]) -> dict[str, Any]:
    results = [{**SIDES, "type": "rectanglelabels", "value": value} for value in values]
    return {"id": 1, "data": {"image": link}, "annotations": [{"result": results}]}


BOX = {"x": 10, "y": 25, "width": 50, "height": 50, "rotation": 0, "rectanglelabels": ["cat"]}


def test_boxes_and_polygons(tmp_path: Path, samples: list[Sample]) -> None:
    outline = {"points": [[0, 0], [50, 0], [50, 50]], "polygonlabels": ["tail"]}
    tasks = [task("/data/upload/1/0123abcd-2.v1.png", BOX, outline), task("s3://bucket/gone.png", BOX)]
    write(tmp_path / "Annotations" / "export.json", tasks)
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"].shapes == (
        Box(6, 10, 36, 30, "cat"),
        Polygon(((0, 0), (30, 0), (30, 20)), "tail"),
    )
    assert found.problems == ["1 tasks of Label Studio name no picture of this project"]


def test_a_turned_box(tmp_path: Path, samples: list[Sample]) -> None:
    turned = {**BOX, "x": 50, "y": 50, "width": 10, "height": 25, "rotation": 90}
    write(tmp_path / "Annotations" / "export.json", [task("2.v1.png", turned)])
    shape = read(tmp_path, samples).regions["dog/2.v1"].shapes[0]
    assert isinstance(shape, Polygon)
    flat = [value for point in shape.points for value in point]
    assert flat == pytest.approx([30, 20, 30, 26, 20, 26, 20, 20])


def test_what_cannot_be_used_has_a_reason(tmp_path: Path, samples: list[Sample]) -> None:
    values = ({"rle": [1, 2], "brushlabels": ["cat"]}, {"x": 1, "y": 2, "keypointlabels": ["eye"]}, BOX)
    entry = task("cat/1.jpg", *values, {"choices": ["cat"]})
    cancelled = {"result": entry["annotations"][0]["result"], "was_cancelled": True}
    write(
        tmp_path / "Annotations" / "export.json",
        [{**entry, "annotations": [*entry["annotations"], cancelled]}],
    )
    found = read(tmp_path, samples)
    assert len(found.regions["cat/1"].shapes) == 1
    assert found.notes["cat/1"].split("; ") == [
        "brush strokes are not read out of JSON: export “Brush labels to PNG”",
        "Label Studio keypointlabels 'eye' encloses no area",
    ]
