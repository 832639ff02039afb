"""LabelMe: polygons, rectangles from any corner, circles and small masks; points enclose nothing."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.types import Box, Polygon, Sample
from gradcam_core.images.regions import render
from tests.images.regions.region_files import SIZE, read, write


def note(*shapes: dict[str, Any]) -> dict[str, Any]:
    return {"shapes": list(shapes), "imagePath": "../1.jpg", "imageHeight": 40, "imageWidth": 60}


def test_labelme(tmp_path: Path, samples: list[Sample]) -> None:
    corners = [[1, 2], [9, 2], [9, 8]]
    shapes = (
        {"label": "cat", "points": corners, "shape_type": "polygon"},
        {"label": "box", "points": [[9, 8], [1, 2]], "shape_type": "rectangle"},
        {"label": "eye", "points": [[3, 3]], "shape_type": "point"},
        {"label": "odd", "points": "x", "shape_type": "polygon"},
    )
    write(tmp_path / "Annotations" / "cat" / "1.json", note(*shapes))
    write(tmp_path / "Annotations" / "stranger.json", {**note(), "imagePath": "gone.jpg"})
    found = read(tmp_path, samples)
    assert found.regions["cat/1"].shapes == (
        Polygon(((1, 2), (9, 2), (9, 8)), "cat"),
        Box(1, 2, 9, 8, "box"),
    )
    assert "point 'eye' encloses no area" in found.notes["cat/1"]
    assert "polygon 'odd' cannot be used" in found.notes["cat/1"]
    assert found.problems == ["1 LabelMe files name no picture of this project"]


def test_a_circle_is_given_by_its_centre_and_a_point_on_it(tmp_path: Path, samples: list[Sample]) -> None:
    circle = {"label": "", "points": [[30, 20], [33, 24]], "shape_type": "circle"}
    write(tmp_path / "Annotations" / "cat" / "1.json", note(circle))
    area = render(read(tmp_path, samples).regions["cat/1"], SIZE).sum()
    assert area == pytest.approx(np.pi * 25, rel=0.05)


def test_a_mask_lies_where_its_corner_says(tmp_path: Path, samples: list[Sample]) -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.full((3, 5), 1, np.uint8)).save(buffer, "PNG")
    text = base64.b64encode(buffer.getvalue()).decode()
    mask = {"label": "", "points": [[10, 20], [14, 22]], "shape_type": "mask", "mask": text}
    write(tmp_path / "Annotations" / "cat" / "1.json", note(mask))
    write(tmp_path / "Annotations" / "dog" / "1.json", note({**mask, "mask": "!"}))
    found = read(tmp_path, samples)
    rows, columns = np.nonzero(render(found.regions["cat/1"], SIZE))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (20, 22, 10, 14)
    assert "mask '' cannot be used" in found.notes["dog/1"]
