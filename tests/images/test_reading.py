"""Every kind of picture file becomes RGB uint8, or a SampleError that says why not."""

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import BEFORE, Pixels
from gradcam_core.images import is_picture_name, picture_size, read_rgb

COLOURS = np.array(
    [[[250, 0, 0], [0, 250, 0], [0, 0, 250]], [[10, 20, 30], [90, 90, 90], [0, 0, 0]]], np.uint8
)


def saved(path: Path, mode: str = "RGB", **options: object) -> Path:
    Image.fromarray(COLOURS).convert(mode).save(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.webp", "a.tif", "a.ppm"])
def test_lossless_formats_keep_their_values(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, **({"lossless": True} if name.endswith("webp") else {}))
    assert np.array_equal(read_rgb(path), COLOURS)
    assert picture_size(path) == (2, 3)


def test_jpeg_is_rgb_and_not_bgr(tmp_path: Path) -> None:
    red = np.zeros((16, 24, 3), np.uint8)
    red[..., 0] = 200
    Image.fromarray(red).save(tmp_path / "a.jpg", quality=95)
    assert np.abs(read_rgb(tmp_path / "a.jpg").astype(int) - red).max() <= 3


def test_cmyk_jpeg(tmp_path: Path) -> None:
    Image.new("CMYK", (24, 16), (0, 255, 255, 0)).save(tmp_path / "a.jpg", quality=95)
    picture = read_rgb(tmp_path / "a.jpg")
    assert picture.shape == (16, 24, 3)
    assert picture[8, 8, 0] > 230 and picture[8, 8, 1:].max() < 25


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_grey_has_three_equal_channels(tmp_path: Path, mode: str) -> None:
    picture = read_rgb(saved(tmp_path / "a.png", mode))
    assert picture.shape == (2, 3, 3)
    assert np.array_equal(picture[..., 0], picture[..., 2])


def test_a_palette_is_looked_up(tmp_path: Path) -> None:
    Image.fromarray(COLOURS).quantize(6).save(tmp_path / "palette.png")
    assert np.abs(read_rgb(tmp_path / "palette.png").astype(int) - COLOURS).max() <= 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[0, 257 * 100, 65535]], [[0, 100, 255]]),  # the full 16 bits
        ([[0, 2048, 4095]], [[0, 128, 255]]),  # 12 bits in a 16-bit file
        ([[0, 7, 200]], [[0, 7, 200]]),  # 8 bits in a 16-bit file
        ([[0, 0, 0]], [[0, 0, 0]]),
    ],
)
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_runs_without_a_rule_scaled_16_bit_grey_by_its_own_range(
    tmp_path: Path, values: list[list[int]], expected: list[list[int]], suffix: str
) -> None:
    path = tmp_path / f"deep{suffix}"
    cv2.imwrite(str(path), np.array(values, np.uint16))
    assert read_rgb(path, pixels=BEFORE)[..., 1].tolist() == expected


def test_16_bit_colour_keeps_its_order(tmp_path: Path) -> None:
    bgr = np.array([[[4095, 0, 0], [0, 0, 2048]]], np.uint16)
    cv2.imwrite(str(tmp_path / "deep.png"), bgr)
    twelve = read_rgb(tmp_path / "deep.png", pixels=Pixels("bits=12"))
    assert twelve.tolist() == [[[0, 0, 255], [128, 0, 0]]]


@pytest.mark.parametrize("channels", [2, 4])
def test_16_bit_with_alpha(tmp_path: Path, channels: int) -> None:
    grey = np.array([[0, 32896], [65535, 257]], np.uint16)
    if channels == 4:
        cv2.imwrite(str(tmp_path / "deep.png"), np.dstack([grey, grey, grey, grey * 0 + 65535]))
    else:
        (tmp_path / "deep.png").write_bytes(_grey_alpha_png(grey))
    assert read_rgb(tmp_path / "deep.png")[..., 0].tolist() == [[0, 128], [255, 1]]


def _grey_alpha_png(grey: np.ndarray) -> bytes:
    """A 16-bit grey and alpha PNG, which none of the writers at hand makes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = np.dstack([grey, np.full_like(grey, 65535)]).astype(">u2")
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 16, 4, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*parts) for parts in chunks)


@pytest.mark.parametrize(
    ("at_least", "expected"),
    [((50, 70), (50, 75)), ((51, 70), (100, 150)), ((400, 600), (400, 600)), ((900, 900), (400, 600))],
)
def test_reduced_decoding_never_goes_below_the_target(
    tmp_path: Path, at_least: tuple[int, int], expected: tuple[int, int]
) -> None:
    ramp = np.tile(np.linspace(0, 255, 600, dtype=np.uint8)[None, :, None], (400, 1, 3))
    Image.fromarray(ramp).save(tmp_path / "a.jpg", quality=95)
    picture = read_rgb(tmp_path / "a.jpg", at_least)
    assert picture.shape[:2] == expected
    assert picture[20, -1, 0] > 240 and picture[20, 0, 0] < 15


def test_reduced_decoding_of_a_turned_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 400)).save(tmp_path / "a.jpg", exif=exif)
    assert picture_size(tmp_path / "a.jpg") == (600, 400)
    assert read_rgb(tmp_path / "a.jpg", (75, 50)).shape[:2] == (75, 50)


def _truncated(path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _huge(path: Path) -> None:
    Image.new("1", (20_000, 10_000)).save(path)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.jpg", lambda path: None, "no such file"),
        ("a.jpg", lambda path: path.write_bytes(b""), "empty"),
        ("a.jpg", lambda path: path.write_text("hello"), "not a picture"),
        ("a.jpg", lambda path: path.mkdir(), "a folder"),
        ("a.jpg", _truncated, "truncated"),
        ("a.png", _truncated, "damaged"),
        ("a.png", _huge, "20000"),
    ],
)
def test_unusable_files_say_why(
    tmp_path: Path, name: str, make: Callable[[Path], object], reason: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(SampleError, match=reason) as caught:
        read_rgb(tmp_path / name)
    assert name in str(caught.value)


def test_picture_names() -> None:
    assert is_picture_name(Path("x/a.JPG"))
    assert not is_picture_name(Path("x/.a.jpg"))
    assert not is_picture_name(Path("x/a.txt"))


def test_pipes_devices_and_folders_are_no_pictures(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "zero.png").symlink_to("/dev/zero")
    for name in ("pipe.png", "folder.png", "zero.png"):
        for read in (read_rgb, picture_size):
            with pytest.raises(SampleError, match=name):
                read(tmp_path / name)
