"""Edge Impulse: one file of boxes per folder."""

from pathlib import Path

from gradcam_core.base.types import Box, Region, Sample
from gradcam_core.images.regions import read_regions
from tests.images.regions.region_files import write


def test_edge_impulse_boxes(tmp_path: Path, samples: list[Sample]) -> None:
    boxes = {
        "2.v1.png": [{"label": "dog", "x": 1, "y": 2, "width": 3, "height": 4}, {"x": 1}],
        "gone.png": [],
    }
    file = write(tmp_path / "bounding_boxes.labels", {"version": 1, "boundingBoxes": boxes})
    found = read_regions(file, samples, tmp_path)
    assert found.regions == {"dog/2.v1": Region("box", (Box(1, 2, 4, 6, "dog"),))}
    assert "usable" in found.notes["dog/2.v1"]
