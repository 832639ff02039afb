"""CUB-200: boxes by the numbers of images.txt."""

from pathlib import Path

from gradcam_core.base.types import Box, Sample
from tests.images.regions.region_files import read, write


def test_boxes_by_number(tmp_path: Path, samples: list[Sample]) -> None:
    write(tmp_path / "Annotations" / "images.txt", "1 cat/1.jpg\n2 dog/2.v1.png\n3 dog/gone.jpg\n")
    write(tmp_path / "Annotations" / "bounding_boxes.txt", "1 1.0 2.0 3.0 4.0\n2 a b c d\n3 1 1 1 1\n")
    found = read(tmp_path, samples)
    assert found.regions["cat/1"].shapes == (Box(1, 2, 4, 6),)
    assert found.notes == {"dog/2.v1": "bounding_boxes.txt: 2 has no usable box"}
