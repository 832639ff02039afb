"""CVAT for images: boxes (turned ones, too), polygons, ellipses and run lengths by rows."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.types import Box, Polygon, Sample
from gradcam_core.images.regions import render
from tests.images.regions.region_files import SIZE, read, write

BOX = '<box label="cat" xtl="10" ytl="5" xbr="30" ybr="15"{more}></box>'


def note(path: Path, name: str, *shapes: str) -> None:
    image = f'<image id="0" name="{name}" width="60" height="40">{"".join(shapes)}</image>'
    write(
        path / "Annotations" / "annotations.xml",
        f'<?xml version="1.0"?>\n<annotations>{image}</annotations>',
    )


def test_shapes(tmp_path: Path, samples: list[Sample]) -> None:
    outline = '<polygon label="tail" points="1,2;9.5,2;9,8"/>'
    shapes = (
        BOX.format(more=""),
        outline,
        '<points label="eye" points="1,2"/>',
        '<tag label="x"/>',
        "<box/>",
    )
    note(tmp_path, "cat/1.jpg", *shapes)
    found = read(tmp_path, samples)
    assert found.formats == {"CVAT XML": 1}
    assert found.regions["cat/1"].shapes == (
        Box(10, 5, 30, 15, "cat"),
        Polygon(((1, 2), (9.5, 2), (9, 8)), "tail"),
    )
    assert found.notes["cat/1"] == "CVAT points 'eye' encloses no area; CVAT box '' cannot be used"


def test_a_box_turns_about_its_middle(tmp_path: Path, samples: list[Sample]) -> None:
    note(tmp_path, "cat/1.jpg", BOX.format(more=' rotation="90"'))
    shape = read(tmp_path, samples).regions["cat/1"].shapes[0]
    assert isinstance(shape, Polygon)
    flat = [value for point in shape.points for value in point]
    assert flat == pytest.approx([25, 0, 25, 20, 15, 20, 15, 0])


def test_run_lengths_begin_outside_and_go_by_rows(tmp_path: Path, samples: list[Sample]) -> None:
    note(tmp_path, "cat/1.jpg", '<mask label="" rle="1, 2, 1, 2" left="4" top="6" width="3" height="2"/>')
    rows, columns = np.nonzero(render(read(tmp_path, samples).regions["cat/1"], SIZE))
    assert list(zip(rows, columns, strict=True)) == [(6, 5), (6, 6), (7, 5), (7, 6)]


@pytest.mark.parametrize("rle", ["1, 2", "x", "-1, 7", "9999999999"])
def test_run_lengths_of_another_size_are_refused(tmp_path: Path, samples: list[Sample], rle: str) -> None:
    mask = f'<mask label="" rle="{rle}" left="4" top="6" width="3" height="2"/>'
    note(tmp_path, "cat/1.jpg", mask)
    assert read(tmp_path, samples).notes["cat/1"] == "CVAT mask '' cannot be used"


def test_videos_and_bombs_are_named(tmp_path: Path, samples: list[Sample]) -> None:
    note(tmp_path, "cat/1.jpg", BOX.format(more=""))
    write(tmp_path / "Annotations" / "video.xml", "<annotations><track/></annotations>")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><annotations>&a;</annotations>'
    write(tmp_path / "Annotations" / "x.xml", bomb)
    problems = "; ".join(read(tmp_path, samples).problems)
    assert "video.xml holds tracks of a video" in problems and "x.xml" in problems
