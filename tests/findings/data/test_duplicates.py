"""Copies are found whatever their size and format, and never among pictures that only look alike."""

from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.base.types import Sample
from gradcam_core.findings.data.duplicates import find_copies, units_with_copies
from gradcam_core.findings.data.reading import with_samples
from tests.findings.data.data_drawn import drawn, read, with_file


def test_copies_across_classes_and_splits_come_first(tmp_path: Path) -> None:
    project = drawn(tmp_path, per_class=6)
    project = with_file(project, "cat0.png", "same.png", "cat")
    project = with_file(project, "cat2.png", "moved.png", "dog", split="train")
    small = Image.open(tmp_path / "dog1.png").resize((80, 60)).convert("RGB")
    small.save(tmp_path / "other.jpg", quality=80)
    project = with_samples(project, (Sample("other", "other.jpg", split="train"),))
    data = read(project)
    found = list(find_copies(data, tmp_path))
    names = [(data.table["path"][one.first], data.table["path"][one.second]) for one in found]
    assert names == [("cat2.png", "moved.png"), ("dog1.png", "other.jpg"), ("cat0.png", "same.png")]
    assert [(one.classes, one.splits, one.identical) for one in found] == [
        (True, True, True),
        (False, True, False),
        (False, False, True),
    ]


def test_of_many_copies_each_is_told_once(tmp_path: Path) -> None:
    project = drawn(tmp_path, per_class=3)
    for number in range(5):
        project = with_file(project, "cat0.png", f"copy{number}.png", "cat")
    data = read(project)
    found = list(find_copies(data, tmp_path))
    assert [one.first for one in found] == [0] * 5 and len({one.second for one in found}) == 5
    units = units_with_copies(data, found)
    assert units is not None and len(set(units)) == 6 and len(set(units[[0, 6, 7, 8, 9, 10]])) == 1


def test_without_copies_and_patients_every_sample_stands_alone(tmp_path: Path) -> None:
    data = read(drawn(tmp_path, per_class=6))
    assert list(find_copies(data, tmp_path)) == []
    assert units_with_copies(data, ()) is None


def test_black_pictures_are_no_copies_of_one_another(tmp_path: Path) -> None:
    samples = []
    for name in ("a.png", "b.png"):
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / name)
        samples.append(Sample(name, name, "cat"))
    project = with_samples(drawn(tmp_path, per_class=1), tuple(samples))
    assert list(find_copies(read(project), tmp_path, blank=(2, 3))) == []
