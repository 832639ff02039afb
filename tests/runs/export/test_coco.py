"""Regions as COCO: read back by pycocotools, and as large as the table says."""

import json
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.runs.export import export
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


def test_regions_come_back_as_they_were(tmp_path: Path) -> None:
    from pycocotools import mask
    from pycocotools.coco import COCO

    run = open_run(
        make_run(tmp_path, Recipe(n=12, every_without_region=4, every_unreadable=5, every_unlabelled=3))
    )
    opened = COCO(str(export(run, tmp_path / "x.json", format="coco")))
    readable = run.table[run.table["status"] != "unreadable"]
    assert {one["file_name"] for one in opened.imgs.values()} == set(readable["path"])
    drawn = readable[readable["region_source"] != "none"].set_index("path")
    assert len(opened.anns) == len(drawn) > 3
    names = {one["id"]: one["name"] for one in opened.cats.values()}
    for one in opened.anns.values():
        image = opened.imgs[one["image_id"]]
        row = drawn.loc[image["file_name"]]
        assert names[one["category_id"]] == (row["label"] if isinstance(row["label"], str) else "object")
        size = image["height"], image["width"]
        share = mask.decode(mask.merge(mask.frPyObjects(one["segmentation"], *size))).mean()
        assert size == (90, 120) and share == pytest.approx(one["area"] / (90 * 120), abs=0.02)
        x, y, width, height = one["bbox"]
        assert x >= 0 and x + width <= 120 and y >= 0 and y + height <= 90 and width * height >= one["area"]


def test_a_run_without_regions_has_pictures_and_no_annotations(tmp_path: Path) -> None:
    run = make_run(tmp_path, Recipe(n=4, regions=False))
    found = json.loads(export(run, tmp_path / "x.json", format="coco").read_text())
    assert len(found["images"]) == 4 and not found["annotations"]
    assert np.array([one["id"] for one in found["images"]]).tolist() == [1, 2, 3, 4]
