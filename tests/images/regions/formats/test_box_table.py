"""Tables of boxes: corners or sides, pixels or shares, one column or four."""

from pathlib import Path

import pytest

from gradcam_core.base.types import Box, Sample
from tests.images.regions.region_files import read, write


@pytest.mark.parametrize(
    "table",
    [
        "filename,width,height,class,xmin,ymin,xmax,ymax\n2.v1.png,60,40,cat,6,10,36,30",
        "filename,width,height,class,xmin,ymin,xmax,ymax\n2.v1.png,120,80,cat,12,20,72,60",
        "ImageID,LabelName,XMin,XMax,YMin,YMax\n2.v1,cat,0.1,0.6,0.25,0.75",
        "Image Index,Finding Label,Bbox [x,y,w,h],,,\n2.v1.png,cat,6,10,30,20,,,",
        "image_id;label;bbox\n2.v1;cat;[6.0, 10, 30, 2e1]",
        "patientId,x,y,width,height,class\n2.v1,6,10,30,20,cat\n1,,,,,",
    ],
)
def test_a_box_per_row(tmp_path: Path, samples: list[Sample], table: str) -> None:
    write(tmp_path / "Annotations" / "boxes.csv", table)
    found = read(tmp_path, samples)
    assert [region.shapes for region in found.regions.values()] == [(Box(6, 10, 36, 30, "cat"),)]
    assert list(found.regions) == ["dog/2.v1"]
    assert not found.notes


def test_rows_that_cannot_be_used_have_a_reason(tmp_path: Path, samples: list[Sample]) -> None:
    rows = "path,x1,y1,x2,y2\n2.v1.png,1,2,x,4\ncat/1.jpg,1,2,3,4\ngone.png,1,2,3,4"
    write(tmp_path / "Annotations" / "boxes.csv", rows)
    found = read(tmp_path, samples)
    assert found.notes == {"dog/2.v1": "boxes.csv: a box that is no four numbers"}
    assert found.problems == ["boxes.csv: 1 annotated pictures are not in this project"]


def test_how_one_column_is_read_is_said(tmp_path: Path, samples: list[Sample]) -> None:
    write(tmp_path / "Annotations" / "boxes.csv", 'image,bbox\ncat/1.jpg,"1 2 3 4"')
    found = read(tmp_path, samples)
    assert found.regions["cat/1"].shapes == (Box(1, 2, 4, 6),)
    assert found.problems == ["bbox of boxes.csv is read as left, top, width, height"]
