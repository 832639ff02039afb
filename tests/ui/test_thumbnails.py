"""Thumbnails: made once, remade when the source changes, bounded, safe against racing writers."""

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.picture_rules import Pixels
from ui import thumbnails


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path))
    path = tmp_path / "tall.png"
    Image.fromarray(np.full((900, 600, 3), (200, 90, 10), np.uint8)).save(path)
    return path


def kept() -> list[Path]:
    return sorted(thumbnails.folder().glob("*/*"))


def test_small_upright_and_of_the_right_colour(picture: Path) -> None:
    small = Image.open(BytesIO(thumbnails.jpeg(picture)))
    assert small.size == (171, 256)
    assert np.abs(np.array(small).mean(axis=(0, 1)) - (200, 90, 10)).max() < 4


def test_made_once(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = thumbnails.jpeg(picture)
    monkeypatch.setattr(thumbnails.images, "read_rgb", None)  # a second decode would fail
    assert thumbnails.jpeg(picture) == first
    assert len(kept()) == 1


def test_a_changed_source_is_decoded_again(picture: Path) -> None:
    first = thumbnails.jpeg(picture)
    Image.fromarray(np.zeros((300, 600, 3), np.uint8)).save(picture)
    assert thumbnails.jpeg(picture) != first
    assert len(kept()) == 2


def test_deep_and_transparent_pictures_are_drawn_as_the_run_reads_them(picture: Path) -> None:
    Image.fromarray(np.full((90, 60), 4095, np.uint16)).save(picture)
    shades = {}
    for rule in ("bits=12", "bits=13", "full-range"):
        small = Image.open(BytesIO(thumbnails.jpeg(picture, Pixels(rule))))
        shades[rule] = round(float(np.asarray(small).mean()))
    assert shades == {"bits=12": 255, "bits=13": 127, "full-range": 15}
    assert len(kept()) == 3
    Image.new("RGBA", (60, 90)).save(picture)
    small = thumbnails.jpeg(picture, Pixels(background="#ffffff"))
    assert np.asarray(Image.open(BytesIO(small))).min() > 250


def test_racing_writers_leave_one_whole_file(picture: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(thumbnails.jpeg, [picture] * 16))
    assert len(found) == 1
    assert [path.read_bytes() for path in kept()] == list(found)


def test_the_bound_drops_what_was_not_shown_for_longest(picture: Path, tmp_path: Path) -> None:
    for shade in range(4):
        path = tmp_path / f"{shade}.png"
        Image.fromarray(np.full((300, 300, 3), 60 * shade, np.uint8)).save(path)
        thumbnails.jpeg(path)
        os.utime(thumbnails._key(path), (1000 + shade, 1000 + shade))
    thumbnails.jpeg(tmp_path / "0.png")  # shown again: now the youngest
    size = kept()[0].stat().st_size
    freed = thumbnails.prune(2 * size + size // 2)
    left = [shade for shade in range(4) if thumbnails._key(tmp_path / f"{shade}.png").exists()]
    assert freed > 0
    assert left == [0, 3]
    assert thumbnails.prune(10**9) == 0


def test_the_folder_stays_within_the_bound_while_pictures_are_shown(
    picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "CHECK_EVERY", 2)
    monkeypatch.setattr(thumbnails, "_made", 2)  # as in a process that has just started
    size = len(thumbnails.jpeg(picture))
    monkeypatch.setattr(thumbnails, "BOUND", 3 * size)
    for row in range(12):
        path = tmp_path / f"{row}.png"
        Image.fromarray(np.full((900, 600, 3), (200, 90, row), np.uint8)).save(path)
        thumbnails.jpeg(path)
        assert (
            sum(file.stat().st_size for file in kept()) <= 5 * size
        )  # the bound and what is not looked at


def test_the_large_picture_is_lossless(picture: Path, tmp_path: Path) -> None:
    shown = thumbnails.large(str(tmp_path), "tall.png")
    assert shown.size == (900, 600)
    assert shown.url.startswith("data:image/png;base64,")


def test_a_huge_picture_is_sent_smaller_but_its_size_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path))
    Image.fromarray(np.zeros((1000, 3200, 3), np.uint8)).save(tmp_path / "wide.png")
    shown = thumbnails.large(str(tmp_path), "wide.png")
    assert shown.size == (1000, 3200)
    assert thumbnails.large(str(tmp_path), "gone.png").reason == "gone.png: no such file"
