"""Masks: pictures of the size of the sample."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.types import MaskFile, Region, Sample
from gradcam_core.images.regions import read_regions, render
from tests.images.regions.region_files import SIZE, read, write


@pytest.mark.parametrize(
    "names",
    [
        ("cat/1.png", "dog/1.png", "2.v1.bmp"),
        ("cat/1_mask.png", "dog/1-seg.png", "2.v1_segmentation.png"),
        ("cat/mask_1.png", "DOG/1_Mask.PNG", "2.v1_mask_1.png"),
    ],
)
def test_masks_by_name(tmp_path: Path, samples: list[Sample], names: tuple[str, ...]) -> None:
    for name in (*names, "stranger.png"):
        (tmp_path / "masks" / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (60, 40)).save(tmp_path / "masks" / name)
    found = read(tmp_path, samples, "masks")
    expected = {
        s.id: Region("mask", (MaskFile(tmp_path / "masks" / name),))
        for s, name in zip(samples, names, strict=True)
    }
    assert found.regions == expected
    assert found.problems == ["1 masks without a picture, e.g. stranger.png"]


def test_several_masks_of_one_picture_are_united(tmp_path: Path, samples: list[Sample]) -> None:
    for name in ("1_mask.png", "1_mask_1.png"):
        (tmp_path / "masks" / "cat").mkdir(parents=True, exist_ok=True)
        Image.new("L", (60, 40)).save(tmp_path / "masks" / "cat" / name)
    assert len(read(tmp_path, samples, "masks").regions["cat/1"].shapes) == 2


def test_masks_win_over_boxes_sample_by_sample(tmp_path: Path, samples: list[Sample]) -> None:
    place = tmp_path / "Annotations"
    write(place / "cat" / "1.txt", "0 0.5 0.5 1 1")
    write(place / "dog" / "1.txt", "0 0.5 0.5 1 1")
    Image.new("L", (60, 40)).save(place / "cat" / "1.png")
    found = read(tmp_path, samples)
    assert found.counts() == {"mask": 1, "box": 1}
    assert found.regions["cat/1"].source == "mask"


def test_the_pictures_themselves_are_no_masks(tmp_path: Path, samples: list[Sample]) -> None:
    Image.new("L", (60, 40)).save(tmp_path / "cat" / "1_mask.png")
    found = read_regions(tmp_path, samples, tmp_path)
    assert found.regions == {"cat/1": Region("mask", (MaskFile(tmp_path / "cat" / "1_mask.png"),))}


def test_a_trimap_is_object_and_border(tmp_path: Path, samples: list[Sample]) -> None:
    """Oxford-IIIT Pet: 1 is the animal, 2 what surrounds it, 3 its border."""
    values = np.full(SIZE, 2, np.uint8)
    values[10:20, 10:20] = 3
    values[11:19, 11:19] = 1
    (tmp_path / "Annotations" / "trimaps").mkdir(parents=True)
    Image.fromarray(values).save(tmp_path / "Annotations" / "trimaps" / "2.v1.png")
    found = read(tmp_path, samples)
    assert np.array_equal(render(found.regions["dog/2.v1"], SIZE) > 0, values != 2)
