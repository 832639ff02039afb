"""VGG Image Annotator: both versions of JSON, and CSV."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.types import Box, Polygon, Sample
from gradcam_core.images.regions import render
from tests.images.regions.region_files import SIZE, read, write

RECT = {"name": "rect", "x": 1, "y": 2, "width": 8, "height": 6}


def entry(*shapes: dict[str, Any]) -> dict[str, Any]:
    regions = [{"shape_attributes": shape, "region_attributes": {"type": "cat"}} for shape in shapes]
    return {"filename": "2.v1.png", "size": 1, "regions": regions}


@pytest.mark.parametrize("project", [False, True])
def test_json(tmp_path: Path, samples: list[Sample], project: bool) -> None:
    outline = {"name": "polygon", "all_points_x": [1, 9, 9], "all_points_y": [2, 2, 8]}
    odd = ({"name": "point", "cx": 1, "cy": 1}, {"name": "rect", "x": "a"})
    pictures = {"2.v1.png1": entry(RECT, outline, *odd), "gone": {"filename": "gone.png", "regions": []}}
    write(tmp_path / "Annotations" / "via.json", {"_via_img_metadata": pictures} if project else pictures)
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"].shapes == (
        Box(1, 2, 9, 8, "cat"),
        Polygon(((1, 2), (9, 2), (9, 8)), "cat"),
    )
    assert found.notes["dog/2.v1"] == "VIA point encloses no area; VIA rect cannot be used"


def test_the_first_version_numbers_its_regions(tmp_path: Path, samples: list[Sample]) -> None:
    one = entry(RECT)
    write(tmp_path / "Annotations" / "via.json", {"a": {**one, "regions": {"0": one["regions"][0]}}})
    assert read(tmp_path, samples).regions["dog/2.v1"].shapes == (Box(1, 2, 9, 8, "cat"),)


def test_an_ellipse_is_turned_by_radians(tmp_path: Path, samples: list[Sample]) -> None:
    oval = {"name": "ellipse", "cx": 30, "cy": 20, "rx": 12, "ry": 4, "theta": np.pi / 2}
    write(tmp_path / "Annotations" / "via.json", {"a": entry(oval)})
    rows, columns = np.nonzero(render(read(tmp_path, samples).regions["dog/2.v1"], SIZE))
    assert np.ptp(rows) == pytest.approx(24, abs=1.5) and np.ptp(columns) == pytest.approx(8, abs=1.5)


def test_csv_names_pictures_that_are_not_here(tmp_path: Path, samples: list[Sample]) -> None:
    head = "#filename,file_size,file_attributes,region_count,region_id,"
    head += "region_shape_attributes,region_attributes"
    shape = '"{""name"":""rect"",""x"":1,""y"":2,""width"":8,""height"":6}"'
    rows = (
        f'2.v1.png,1,"{{}}",1,0,{shape},"{{}}"',
        f'gone.png,1,"{{}}",1,0,{shape},"{{}}"',
        '1.png,1,"{}",0,0,"{}","{}"',
    )
    write(tmp_path / "Annotations" / "via.csv", "\n".join((head, *rows)))
    found = read(tmp_path, samples)
    assert found.regions["dog/2.v1"].shapes == (Box(1, 2, 9, 8),)
    assert found.problems == ["1 annotated pictures are not in this project"]
