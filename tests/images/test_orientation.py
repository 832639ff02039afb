"""All eight EXIF orientations, in every format: as stored, upright, and what lies on the picture."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.types import Box, InputSpec, Region
from gradcam_core.images import geometry, load_one, map_to_picture, picture_size, read_header, read_rgb
from gradcam_core.images.regions import cover, cover_mask
from gradcam_core.images.turning import TURNS, back, turned, turned_edges, turned_point, turned_size
from tests.images.picture_files import COLUMNS, DEEP, PLAIN, ROWS, marked, save, upright

SPEC = InputSpec(8, 12, 3, resize_method="nearest")


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", [*PLAIN, *DEEP])
def test_a_file_is_read_as_stored_and_upright(tmp_path: Path, name: str, turn: int) -> None:
    path = save(tmp_path / name, turn)
    expected = upright(marked(), turn)
    header = read_header(path)
    assert (header.stored, header.turn, header.deep) == ((ROWS, COLUMNS), turn, name in DEEP)
    assert picture_size(path) == header.upright == expected.shape[:2]
    for way, wanted in ((True, expected), (False, marked())):
        found = read_rgb(path, upright=way).astype(int)
        assert found.shape == wanted.shape
        assert np.abs(found - wanted).max() <= (40 if name == "a.jpg" else 1)


def test_an_orientation_behind_the_pixels_of_a_png_counts(tmp_path: Path) -> None:
    data = save(tmp_path / "colour.png", 6).read_bytes()
    tag = data[33 : 33 + 12 + int.from_bytes(data[33:37], "big")]
    (tmp_path / "late.png").write_bytes(data.replace(tag, b"").replace(data[-12:], tag + data[-12:]))
    assert read_header(tmp_path / "late.png").turn == 6
    shown = read_rgb(tmp_path / "late.png")
    assert np.array_equal(shown, read_rgb(tmp_path / "colour.png"))


@pytest.mark.parametrize("tag", [0, 9])
def test_an_unknown_orientation_is_none(tmp_path: Path, tag: int) -> None:
    path = save(tmp_path / "a.png", tag)
    assert read_header(path).turn == 1
    assert np.array_equal(read_rgb(path), marked())


@pytest.mark.parametrize("upright_way", [True, False])
def test_a_reduced_jpeg_is_large_enough_either_way(tmp_path: Path, upright_way: bool) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 400)).save(tmp_path / "a.jpg", exif=exif)
    wanted = (75, 50) if upright_way else (50, 75)
    assert read_rgb(tmp_path / "a.jpg", wanted, upright=upright_way).shape[:2] == wanted


@pytest.mark.parametrize("turn", TURNS)
def test_turns_are_those_of_pillow_and_can_be_undone(turn: int) -> None:
    picture = marked()
    np.testing.assert_array_equal(turned(picture, turn), upright(picture, turn))
    np.testing.assert_array_equal(turned(turned(picture, turn), back(turn)), picture)
    assert turned_size((ROWS, COLUMNS), turn) == turned(picture, turn).shape[:2]


@pytest.mark.parametrize("turn", TURNS)
def test_points_and_edges_turn_with_the_pixels(turn: int) -> None:
    mask = np.zeros((ROWS, COLUMNS), bool)
    mask[2:5, 7:13] = True
    rows, columns = np.nonzero(turned(mask, turn))
    edges = (rows.min(), columns.min(), rows.max() + 1, columns.max() + 1)
    assert turned_edges((2, 7, 5, 13), (ROWS, COLUMNS), turn) == edges
    x, y = turned_point(7.5, 2.5, (ROWS, COLUMNS), turn)
    lone = np.zeros_like(mask)
    lone[2, 7] = True
    assert np.argwhere(turned(lone, turn)).tolist() == [[int(y), int(x)]]


@pytest.mark.parametrize("turn", TURNS)
def test_the_network_gets_the_stored_way_and_the_map_returns_to_the_shown_picture(
    tmp_path: Path, turn: int
) -> None:
    path = save(tmp_path / "a.png", turn)
    spec = InputSpec(8, 12, 3, resize_method="nearest", orientation="stored")
    picture, original = load_one(path, spec)
    assert (original.size, original.turn) == (picture_size(path), turn)
    np.testing.assert_array_equal(picture, marked()[::2, ::2])
    where = geometry(original.size, spec.size, spec.resize, original.turn)
    heat = picture[..., 0].astype(np.float32)
    np.testing.assert_array_equal(
        map_to_picture(heat, where, smooth=False), upright(marked(), turn)[..., 0]
    )


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
@pytest.mark.parametrize("turn", TURNS)
def test_cover_is_the_same_as_of_the_stored_mask(turn: int, resize: str) -> None:
    stored = np.zeros((30, 70), np.float32)
    stored[3:11, 20:44] = 1
    expected = cover_mask(stored, geometry((30, 70), (24, 32), resize), (6, 8))
    where = geometry(turned_size((30, 70), turn), (24, 32), resize, turn)
    np.testing.assert_allclose(cover_mask(turned(stored, turn), where, (6, 8)), expected, atol=1e-6)
    top, left, bottom, right = turned_edges((3, 20, 11, 44), (30, 70), turn)
    region = Region("box", (Box(left, top, right, bottom),))
    np.testing.assert_allclose(cover(region, where, (6, 8)), expected, atol=1e-6)
