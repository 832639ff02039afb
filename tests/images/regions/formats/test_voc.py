"""Pascal VOC: one XML file of boxes per picture."""

from pathlib import Path

from gradcam_core.base.types import Box, Region, Sample
from tests.images.regions.region_files import VOC, read, write


def test_voc(tmp_path: Path, samples: list[Sample]) -> None:
    write(tmp_path / "Annotations" / "cat" / "1.xml", VOC)
    write(tmp_path / "Annotations" / "a.xml", VOC.replace("wrong.jpg", "2.v1.png").replace(">99<", ">30<"))
    write(tmp_path / "Annotations" / "dog" / "1.xml", "<annotation><obj")
    write(tmp_path / "Annotations" / "b.xml", VOC)
    found = read(tmp_path, samples)
    assert found.regions["cat/1"] == Region("box", (Box(10, 5.5, 60, 20, "cat"),))  # clipped at the right
    assert found.regions["dog/2.v1"].shapes == (Box(10, 5.5, 30, 20, "cat"),)
    assert "'tail'" in found.notes["cat/1"] and "1.xml" in found.notes["dog/1"]
    assert found.problems == ["1 XML files name no picture of this project"]


def test_voc_with_entities_is_refused(tmp_path: Path, samples: list[Sample]) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><annotation>&a;</annotation>'
    write(tmp_path / "Annotations" / "cat" / "1.xml", bomb)
    found = read(tmp_path, samples)
    assert not found.regions
    assert "1.xml" in found.notes["cat/1"]
