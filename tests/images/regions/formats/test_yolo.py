"""YOLO: one text file of boxes or polygons per picture."""

from pathlib import Path

import pytest

from gradcam_core.base.types import Box, Polygon, Region, Sample
from tests.images.regions.region_files import read, write


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
