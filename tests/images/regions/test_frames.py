"""On which way up of a turned picture annotations were made: stated, said, told by the others, or seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco

from gradcam_core.base.types import Sample
from gradcam_core.images import turned, turned_size
from gradcam_core.images.regions import Regions, read_regions, render
from gradcam_core.images.turning import TURNS
from tests.images.regions.region_files import write

STORED = (30, 50)
BOX = (6, 5, 20, 12)  # left, top, right, bottom on the stored picture
Writer = Callable[[Path, Sample, np.ndarray, int], None]


def object_pixels() -> np.ndarray:
    pixels = np.zeros(STORED, bool)
    pixels[BOX[1] : BOX[3], BOX[0] : BOX[2]] = True
    return pixels


def turned_pictures(root: Path, turn: int, count: int = 12, seen: bool = True) -> list[Sample]:
    """Grey noise, with a red object where the box is if it is to be seen."""
    rng = np.random.default_rng(0)
    samples = []
    for number in range(count):
        picture = rng.integers(80, 140, (*STORED, 3)).astype(np.uint8)
        if seen:
            picture[object_pixels()] = (230, 30, 30)
        exif = Image.Exif()
        exif[0x0112] = turn
        (root / "test").mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(root / "test" / f"p{number}.png", exif=exif)
        samples.append(Sample(f"test/p{number}", f"test/p{number}.png"))
    return samples


def _edges(pixels: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(pixels)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def _coco(root: Path, sample: Sample, pixels: np.ndarray, number: int, **annotation: Any) -> None:
    left, top, right, bottom = _edges(pixels)
    height, width = pixels.shape
    default = {"bbox": [left, top, right - left, bottom - top]}
    content = {
        "images": [{"id": 1, "file_name": Path(sample.path).name, "height": height, "width": width}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, **(annotation or default)}],
        "categories": [{"id": 1, "name": "thing"}],
    }
    write(root / "marks" / f"{number}.json", content)


def _polygon(root: Path, sample: Sample, pixels: np.ndarray, number: int) -> None:
    left, top, right, bottom = _edges(pixels)
    ring = [left, top, right, top, right, bottom, left, bottom]
    _coco(root, sample, pixels, number, segmentation=[ring])


def _run_length(root: Path, sample: Sample, pixels: np.ndarray, number: int) -> None:
    counts = coco.encode(np.asfortranarray(pixels.astype(np.uint8)))["counts"].decode()
    _coco(root, sample, pixels, number, segmentation={"size": list(pixels.shape), "counts": counts})


def _voc(root: Path, sample: Sample, pixels: np.ndarray, number: int) -> None:
    edges = zip(("xmin", "ymin", "xmax", "ymax"), _edges(pixels), strict=True)
    corners = "".join(f"<{name}>{value}</{name}>" for name, value in edges)
    size = f"<size><width>{pixels.shape[1]}</width><height>{pixels.shape[0]}</height></size>"
    text = f"<annotation>{size}<object><name>thing</name><bndbox>{corners}</bndbox></object></annotation>"
    write(root / "marks" / f"p{number}.xml", text)


def _mask(root: Path, sample: Sample, pixels: np.ndarray, number: int) -> None:
    (root / "marks").mkdir(exist_ok=True)
    Image.fromarray(pixels.astype(np.uint8) * 255).save(root / "marks" / f"p{number}.png")


def _yolo(root: Path, sample: Sample, pixels: np.ndarray, number: int) -> None:
    left, top, right, bottom = _edges(pixels)
    height, width = pixels.shape
    shares = ((left + right) / 2 / width, (top + bottom) / 2 / height)
    text = f"0 {shares[0]} {shares[1]} {(right - left) / width} {(bottom - top) / height}"
    write(root / "marks" / f"p{number}.txt", text)


def annotated(root: Path, turn: int, frame: str, writer: Writer, **how: Any) -> list[Sample]:
    samples = turned_pictures(root, turn, **how)
    pixels = object_pixels() if frame == "stored" else turned(object_pixels(), turn)
    for number, sample in enumerate(samples):
        writer(root, sample, pixels, number)
    return samples


def assert_on_the_object(found: Regions, samples: list[Sample], turn: int) -> None:
    size = turned_size(STORED, turn)
    assert set(found.regions) == {sample.id for sample in samples}, found.notes
    for region in found.regions.values():
        np.testing.assert_array_equal(render(region, size) > 0.5, turned(object_pixels(), turn))


@pytest.mark.parametrize("writer", [_coco, _polygon, _run_length, _voc, _mask])
@pytest.mark.parametrize("frame", ["stored", "upright"])
@pytest.mark.parametrize("turn", [5, 6, 7, 8])
def test_a_stated_size_decides(tmp_path: Path, turn: int, frame: str, writer: Writer) -> None:
    samples = annotated(tmp_path, turn, frame, writer, count=2, seen=False)
    found = read_regions(tmp_path / "marks", samples, tmp_path)
    assert_on_the_object(found, samples, turn)
    assert found.fact is not None
    assert (found.fact.origin, found.fact.warning) == ("read", "")
    assert found.fact.value == f"{frame} for 2"


@pytest.mark.parametrize("writer", [_yolo, _coco, _mask, _run_length])
@pytest.mark.parametrize("frame", ["stored", "upright"])
@pytest.mark.parametrize("turn", TURNS[1:])
def test_where_no_size_tells_the_regions_must_stand_out(
    tmp_path: Path, turn: int, frame: str, writer: Writer
) -> None:
    if writer is not _yolo and turn > 4:
        return  # the size tells
    samples = annotated(tmp_path, turn, frame, writer)
    found = read_regions(tmp_path / "marks", samples, tmp_path)
    assert_on_the_object(found, samples, turn)
    assert found.fact is not None
    assert (found.fact.origin, found.fact.warning) == ("guessed", "")
    assert "12 of 12 pictures" in found.fact.why


@pytest.mark.parametrize("frame", ["stored", "upright"])
def test_what_cannot_be_decided_is_said_and_the_option_decides(tmp_path: Path, frame: Any) -> None:
    samples = annotated(tmp_path, 6, frame, _yolo, count=6, seen=False)
    found = read_regions(tmp_path / "marks", samples, tmp_path)
    assert found.fact is not None
    assert "they may be displaced" in found.fact.warning
    assert "--regions-orientation" in found.fact.warning
    said = read_regions(tmp_path / "marks", samples, tmp_path, frame)
    assert_on_the_object(said, samples, 6)
    assert said.fact is not None and said.fact.origin == "given"


def test_the_sizes_of_others_decide_for_those_that_state_none(tmp_path: Path) -> None:
    samples = annotated(tmp_path, 6, "stored", _coco, count=4, seen=False)
    (tmp_path / "marks" / "3.json").unlink()
    _yolo(tmp_path, samples[3], object_pixels(), 3)
    found = read_regions(tmp_path / "marks", samples, tmp_path)
    assert_on_the_object(found, samples, 6)
    assert found.fact is not None
    assert "stored for 3, stored for 1" in found.fact.value and not found.fact.warning


def test_the_wrong_word_of_the_user_is_refused_per_sample(tmp_path: Path) -> None:
    samples = annotated(tmp_path, 6, "upright", _coco, count=2, seen=False)
    found = read_regions(tmp_path / "marks", samples, tmp_path, "stored")
    assert not found.regions
    assert "annotated at 50 × 30, but the picture has 30 × 50" in found.notes["test/p0"]


def test_pictures_without_an_orientation_need_no_fact(tmp_path: Path) -> None:
    samples = annotated(tmp_path, 1, "upright", _yolo, count=3)
    found = read_regions(tmp_path / "marks", samples, tmp_path)
    assert_on_the_object(found, samples, 1)
    assert found.fact is None
