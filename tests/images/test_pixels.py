"""Depth of grey, transparency, CMYK and frames: one rule, the same for every picture."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.picture_rules import BEFORE, Pixels, background_of, check_intensity
from gradcam_core.base.types import InputSpec
from gradcam_core.images import load_one, read_header, read_rgb
from gradcam_core.images.loading import FIRST_FRAME

RED, CLEAR = (200, 10, 20, 255), (90, 80, 70, 0)


def deep(path: Path, values: np.ndarray) -> Path:
    if values.dtype == np.uint16:
        cv2.imwrite(str(path), values)
    else:
        Image.fromarray(values).save(path)
    return path


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("full-range", [0, 15, 16, 31, 255]),
        ("bits=12", [0, 255, 255, 255, 255]),
        ("bits=13", [0, 127, 128, 255, 255]),
        ("bits=16", [0, 16, 16, 32, 255]),
        ("range=4095..8191", [0, 0, 0, 255, 255]),
    ],
)
def test_a_rule_gives_a_value_the_same_grey_in_every_picture(
    tmp_path: Path, suffix: str, rule: str, expected: list[int]
) -> None:
    values = np.array([[0, 4095, 4096, 8191, 65535]], np.uint16)
    path = deep(tmp_path / f"a{suffix}", values)
    assert read_rgb(path, pixels=Pixels(rule))[0, :, 0].tolist() == expected
    for column, grey in enumerate(expected):
        alone = deep(tmp_path / f"{column}{suffix}", values[:, column : column + 1])
        assert read_rgb(alone, pixels=Pixels(rule)).tolist() == [[[grey] * 3]]


@pytest.mark.parametrize("rule", ["full-range", "bits=12", "bits=13", "range=500..4000"])
def test_one_hot_pixel_changes_nothing_else(tmp_path: Path, rule: str) -> None:
    values = np.random.default_rng(0).integers(900, 4096, (20, 30)).astype(np.uint16)
    before = read_rgb(deep(tmp_path / "a.png", values), pixels=Pixels(rule))
    values[3, 4] = 65535
    after = read_rgb(deep(tmp_path / "b.png", values), pixels=Pixels(rule))
    changed = np.argwhere((before != after).any(axis=2))
    assert changed.tolist() in ([[3, 4]], [])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("full-range", [0, 64, 255, 0, 255, 0, 255]), ("range=-1..3", [64, 80, 128, 0, 255, 0, 255])],
)
def test_float_tiff_with_nan_and_infinity(tmp_path: Path, rule: str, expected: list[int]) -> None:
    values = np.array([[0, 0.25, 1, np.nan, np.inf, -np.inf, 7]], np.float32)
    path = deep(tmp_path / "a.tif", values)
    assert read_header(path).deep
    assert read_rgb(path, pixels=Pixels(rule))[0, :, 0].tolist() == expected


def test_signed_and_wide_whole_numbers(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "signed.tif"), np.array([[-1000, 0, 1000]], np.int16))
    signed = read_rgb(tmp_path / "signed.tif", pixels=Pixels("range=-1000..1000"))
    assert signed[0, :, 0].tolist() == [0, 128, 255]
    Image.fromarray(np.array([[0, 50_000, 100_000]], np.int32)).save(tmp_path / "wide.tif")
    assert read_rgb(tmp_path / "wide.tif", pixels=Pixels("range=0..100000"))[0, :, 0].tolist() == [
        0,
        128,
        255,
    ]
    cv2.imwrite(str(tmp_path / "a.pgm"), np.array([[0, 25700]], np.uint16))
    assert read_rgb(tmp_path / "a.pgm")[0, :, 0].tolist() == [0, 100]


@pytest.mark.parametrize(
    ("background", "expected"),
    [("#000000", (0, 0, 0)), ("#ffffff", (255, 255, 255)), ("none", (90, 80, 70))],
)
@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif"])
def test_transparent_pixels_show_the_background(
    tmp_path: Path, name: str, background: str, expected: tuple[int, ...]
) -> None:
    picture = np.array([[RED, CLEAR]], np.uint8)
    exact = {"a.webp": {"lossless": True, "exact": True}}
    Image.fromarray(picture).save(tmp_path / name, **exact.get(name, {}))
    assert read_header(tmp_path / name).see_through
    shown = read_rgb(tmp_path / name, pixels=Pixels(background=background))
    assert shown.tolist() == [[list(RED[:3]), list(expected)]]


def test_half_transparent_grey_and_deep_colour(tmp_path: Path) -> None:
    Image.fromarray(np.array([[[200, 128]]], np.uint8), "LA").save(tmp_path / "grey.png")
    assert read_rgb(tmp_path / "grey.png").tolist() == [[[100, 100, 100]]]
    bgra = np.array([[[0, 0, 51400, 65535], [9000, 9000, 9000, 0]]], np.uint16)
    cv2.imwrite(str(tmp_path / "deep.png"), bgra)
    assert read_rgb(tmp_path / "deep.png", pixels=Pixels(background="#010203")).tolist() == [
        [[200, 0, 0], [1, 2, 3]]
    ]


@pytest.mark.parametrize("suffix", [".png", ".gif"])
def test_a_palette_with_transparency(tmp_path: Path, suffix: str) -> None:
    picture = Image.new("P", (2, 1))
    picture.putpalette([200, 10, 20, 90, 80, 70])
    picture.putpixel((1, 0), 1)
    picture.save(tmp_path / f"a{suffix}", transparency=1)
    black = read_rgb(tmp_path / f"a{suffix}")
    assert black.tolist() == [[[200, 10, 20], [0, 0, 0]]]
    assert read_rgb(tmp_path / f"a{suffix}", pixels=BEFORE)[0, 1].tolist() == [90, 80, 70]


def test_a_colour_key_is_transparent(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), (90, 80, 70)).save(tmp_path / "a.png", transparency=(90, 80, 70))
    assert read_rgb(tmp_path / "a.png", pixels=Pixels(background="#ffffff")).tolist() == [[[255] * 3]]


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk(tmp_path: Path, name: str) -> None:
    Image.new("CMYK", (24, 16), (0, 255, 255, 0)).save(tmp_path / name)
    picture = read_rgb(tmp_path / name)
    assert picture[8, 8, 0] > 230 and picture[8, 8, 1:].max() < 25


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.tif"])
def test_of_several_frames_the_first_counts_and_that_is_said(tmp_path: Path, name: str) -> None:
    frames = [Image.new("RGB", (8, 6), colour) for colour in ((250, 0, 0), (0, 250, 0))]
    exact = {"lossless": True} if name == "a.webp" else {}
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], **exact)
    picture, original = load_one(tmp_path / name, InputSpec(6, 8, 3))
    assert original.note == FIRST_FRAME
    assert picture[0, 0].tolist() == [250, 0, 0]
    frames[0].save(tmp_path / f"one.{name[2:]}")
    assert load_one(tmp_path / f"one.{name[2:]}", InputSpec(6, 8, 3))[1].note == ""


@pytest.mark.parametrize("rule", ["bits=0", "bits=40", "range=5..5", "range=a..b", "own-range", "12", ""])
def test_rules_that_there_are_not_are_refused(rule: str) -> None:
    with pytest.raises(ProjectError, match="full-range, bits=12"):
        check_intensity(rule)


def test_backgrounds() -> None:
    assert [background_of(text) for text in ("White", "#0A0b0C", "none")] == ["#ffffff", "#0a0b0c", "none"]
    with pytest.raises(ProjectError, match="#rrggbb"):
        background_of("blue-ish")
