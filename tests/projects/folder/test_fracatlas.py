"""The published FracAtlas layout (Abedeen et al. 2023, doi 10.1038/s41597-023-02432-4) loads as it is."""

import json
from pathlib import Path

import pytest
from PIL import Image

from gradcam_core.base.types import Box, Polygon, Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import check_sound

SIZE = (40, 30)  # height, width
COLUMNS = "image_id,hand,leg,hip,shoulder,mixed,hardware,multiscan,fractured,fracture_count,frontal,lateral"
VOC = """<annotation><folder>images</folder><filename>{name}</filename>
<size><width>30</width><height>40</height><depth>3</depth></size>
<object><name>fractured</name><bndbox><xmin>3</xmin><ymin>4</ymin><xmax>12</xmax><ymax>20</ymax></bndbox></object>
</annotation>"""


@pytest.fixture
def fracatlas(tmp_path: Path) -> Path:
    root = tmp_path / "FracAtlas"
    for name in ("Fractured/IMG0000019", "Fractured/IMG0000025", "Non_fractured/IMG0000000"):
        file = root / "images" / f"{name}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", SIZE[::-1], (90, 90, 90)).save(file)
    notes = root / "Annotations"
    for folder in ("COCO JSON", "PASCAL VOC", "VGG JSON", "YOLO"):
        (notes / folder).mkdir(parents=True)
    coco = {
        "info": {"description": "my-project-name"},
        "images": [{"id": 0, "width": 30, "height": 40, "file_name": "IMG0000019.jpg"}],
        "annotations": [
            {
                "id": 0,
                "iscrowd": 0,
                "image_id": 0,
                "category_id": 1,
                "segmentation": [[3, 4, 12, 4, 12, 20, 3, 20]],
                "bbox": [3, 4, 9, 16],
                "area": 144,
            }
        ],
        "categories": [{"id": 1, "name": "fractured"}],
    }
    (notes / "COCO JSON" / "COCO_fracture_masks.json").write_text(json.dumps(coco))
    (notes / "VGG JSON" / "VGG_fracture_masks.json").write_text('{"IMG0000019.jpg": {"regions": {}}}')
    for stem in ("IMG0000019", "IMG0000025"):
        (notes / "PASCAL VOC" / f"{stem}.xml").write_text(VOC.format(name=f"{stem}.jpg"))
    (notes / "YOLO" / "IMG0000019.txt").write_text("0 0.1 0.1 0.4 0.1 0.4 0.5 0.1\n")  # a point cut off
    (notes / "YOLO" / "IMG0000000.txt").write_text("")
    split = root / "Utilities" / "Fracture Split"
    split.mkdir(parents=True)
    (split / "test.csv").write_text("image_id\nIMG0000019.jpg\n")
    rows = (
        "19.jpg,1,0,0,0,0,0,1,1,2,1,0",
        "25.jpg,0,1,0,0,0,1,0,1,1,1,1",
        "00.jpg,1,0,0,0,0,0,0,0,0,1,0",
    )
    lines = [COLUMNS, *(f"IMG00000{row}" for row in rows)]
    (root / "dataset.csv").write_text("\n".join(lines) + "\n")
    return root


def _fact(project: Project, name: str) -> str:
    return " | ".join(
        f"{fact.value} / {fact.why} / {fact.warning}" for fact in project.facts if fact.name == name
    )


def test_it_loads_as_it_is(fracatlas: Path) -> None:
    project = open_project(fracatlas)
    check_sound(project)
    assert project.class_names == ("Fractured", "Non_fractured")
    assert [sample.path for sample in project.samples] == [
        "images/Fractured/IMG0000019.jpg",
        "images/Fractured/IMG0000025.jpg",
        "images/Non_fractured/IMG0000000.jpg",
    ]
    metadata = project.samples[0].metadata
    assert list(metadata) == COLUMNS.split(",")[1:]
    assert (metadata["hand"], metadata["hardware"], metadata["fracture_count"]) == (1, 0, 2)
    assert "dataset.csv" in _fact(project, "metadata")


def test_polygons_win_and_provenance_is_per_sample(fracatlas: Path) -> None:
    project = open_project(fracatlas)
    first, second = (project.regions[f"images/Fractured/IMG{n}"] for n in ("0000019", "0000025"))
    assert first.source == "mask"
    assert first.shapes == (Polygon(((3, 4), (12, 4), (12, 20), (3, 20)), "fractured"),)
    assert second.source == "box"
    assert second.shapes == (Box(3, 4, 12, 20, "fractured"),)
    assert len(project.regions) == 2 and not project.region_notes
    said = _fact(project, "regions")
    assert "2 of 3 samples (mask 1, box 1)" in said
    assert "VGG_fracture_masks.json" in said and "1 unusable entries" in said


@pytest.mark.parametrize(("folder", "source"), [("COCO JSON", "mask"), ("PASCAL VOC", "box")])
def test_one_form_alone(fracatlas: Path, folder: str, source: str) -> None:
    project = open_project(fracatlas, Overrides(regions=Path("Annotations", folder)))
    assert {region.source for region in project.regions.values()} == {source}
