"""Regions are read from what a path holds."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Sample
from gradcam_core.images.regions import REGIONS, read_regions
from tests.images.regions.region_files import VOC, write


def test_the_registry_holds_the_formats() -> None:
    assert {"mask", "coco", "voc", "yolo", "edge_impulse"} <= set(REGIONS)


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
