"""Geometry, fitting, scaling and the way back, against values worked by hand."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import InputSpec, Scaling
from gradcam_core.images import (
    encode_jpeg,
    encode_png,
    fit,
    geometry,
    load_batch,
    map_to_picture,
    read_rgb,
    thumbnail,
    to_input,
)


@pytest.mark.parametrize(
    ("original", "target", "resize", "seen", "content"),
    [
        ((100, 200), (50, 60), "squash", (0, 0, 100, 200), (0, 0, 50, 60)),
        ((100, 201), (50, 50), "fit-short", (0, 50, 100, 150), (0, 0, 50, 50)),
        ((201, 100), (50, 50), "fit-short", (50, 0, 150, 100), (0, 0, 50, 50)),
        ((90, 120), (40, 80), "fit-short", (15, 0, 75, 120), (0, 0, 40, 80)),
        ((100, 200), (50, 50), "fit-long", (0, 0, 100, 200), (12, 0, 37, 50)),
        ((200, 100), (50, 50), "fit-long", (0, 0, 200, 100), (0, 12, 50, 37)),
        ((49, 49), (224, 224), "fit-long", (0, 0, 49, 49), (0, 0, 224, 224)),
        ((1, 1000), (10, 10), "fit-long", (0, 0, 1, 1000), (4, 0, 5, 10)),
        ((1, 1000), (100, 10), "fit-short", (0, 499, 1, 500), (0, 0, 100, 10)),
    ],
)
def test_geometry_by_hand(original, target, resize, seen, content) -> None:
    where = geometry(original, target, resize)
    assert where.seen == seen
    assert where.content == content


def _spec(height: int, width: int, **changes) -> InputSpec:
    return InputSpec(height, width, 3, **changes)


def _grey(values) -> np.ndarray:
    return np.repeat(np.array(values, np.uint8)[..., None], 3, axis=2)


def test_area_averages_where_it_shrinks() -> None:
    picture = _grey([[0, 100, 200, 40], [0, 100, 200, 40]])
    fitted = fit(picture, _spec(1, 2), geometry((2, 4), (1, 2), "squash"))
    assert fitted[..., 0].tolist() == [[50, 120]]


def test_area_averages_one_axis_while_the_other_grows() -> None:
    picture = _grey([[0, 100, 200, 40]])
    fitted = fit(picture, _spec(3, 2), geometry((1, 4), (3, 2), "squash"))
    assert fitted[..., 0].tolist() == [[50, 120]] * 3


def test_nearest_makes_no_new_values() -> None:
    picture = _grey([[0, 100, 200, 40]])
    spec = _spec(2, 8, resize_method="nearest")
    fitted = fit(picture, spec, geometry((1, 4), (2, 8), "squash"))
    assert fitted[0, :, 0].tolist() == [0, 0, 100, 100, 200, 200, 40, 40]


def test_lanczos_is_pillows() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    spec = _spec(7, 9, resize_method="lanczos3")
    expected = np.asarray(Image.fromarray(picture).resize((9, 7), Image.Resampling.LANCZOS))
    assert np.array_equal(fit(picture, spec, geometry((20, 30), (7, 9), "squash")), expected)


def test_fit_short_crops_and_fit_long_pads() -> None:
    picture = _grey([[10, 20, 30, 40], [10, 20, 30, 40]])
    short = fit(picture, _spec(2, 2), geometry((2, 4), (2, 2), "fit-short"))
    assert short[..., 0].tolist() == [[20, 30], [20, 30]]
    long = fit(picture, _spec(4, 4), geometry((2, 4), (4, 4), "fit-long"))
    assert long[..., 0].tolist() == [[0] * 4, [10, 20, 30, 40], [10, 20, 30, 40], [0] * 4]


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        ("0..1", [1.0, 0.4, 0.0]),
        ("-1..1", [1.0, -0.2, -1.0]),
        ("-128..127", [127.0, -26.0, -128.0]),
        ("0..255", [255.0, 102.0, 0.0]),
        ("torch", [(1 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, -0.406 / 0.225]),
        ("bgr-subtract-imagenet-mean", [-103.939, 102 - 116.779, 255 - 123.68]),
    ],
)
def test_scalings_by_hand(scaling: Scaling, expected: list[float]) -> None:
    pictures = np.array([[[[255, 102, 0]]]], np.uint8)
    values = to_input(pictures, _spec(1, 1, scaling=scaling))
    assert values.dtype == np.float32
    assert values.ravel() == pytest.approx(expected, abs=2e-6)


def test_grey_is_not_rounded() -> None:
    pictures = np.array([[[[1, 0, 0], [10, 20, 30]]]], np.uint8)
    values = to_input(pictures, InputSpec(1, 2, 1, scaling="0..255"))
    assert values.shape == (1, 1, 2, 1)
    assert values.ravel() == pytest.approx([0.299, 18.15], abs=1e-5)


def test_unfit_scalings_are_refused() -> None:
    pictures = np.zeros((1, 1, 1, 3), np.uint8)
    with pytest.raises(ProjectError, match="3 channels"):
        to_input(pictures, InputSpec(1, 1, 1, scaling="torch"))
    with pytest.raises(ProjectError, match=r"0\.\.1, -1\.\.1"):
        to_input(pictures, InputSpec(1, 1, 1, scaling="0..2"))  # type: ignore[arg-type]


def test_map_back_of_squash_is_bilinear_with_half_pixel_centres() -> None:
    where = geometry((1, 8), (1, 4), "squash")
    mapped = map_to_picture(np.array([[0.0, 1.0]], np.float32), where)
    # at the input: 0, 1/4, 3/4, 1; then doubled the same way
    assert mapped[0] == pytest.approx([0, 1 / 16, 3 / 16, 3 / 8, 5 / 8, 13 / 16, 15 / 16, 1])


def test_map_back_of_fit_short_knows_what_was_not_seen() -> None:
    where = geometry((2, 6), (2, 2), "fit-short")
    mapped = map_to_picture(np.array([[3.0]], np.float32), where)
    assert np.isnan(mapped[:, [0, 1, 4, 5]]).all()
    assert (mapped[:, 2:4] == 3).all()


def test_map_back_of_fit_long_drops_the_padding() -> None:
    where = geometry((2, 4), (4, 4), "fit-long")
    rows = np.array([[9.0] * 4, [1.0] * 4, [2.0] * 4, [9.0] * 4], np.float32)
    mapped = map_to_picture(rows, where, smooth=False)
    assert mapped.tolist() == [[1.0] * 4, [2.0] * 4]


def test_load_batch_keeps_the_rows_of_unreadable_files(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), (200, 0, 0)).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_text("no picture")
    Image.new("RGB", (600, 400), (0, 0, 200)).save(tmp_path / "c.jpg")
    paths = [tmp_path / name for name in ("a.png", "b.png", "missing.png", "c.jpg")]
    pictures, sizes, reasons = load_batch(paths, _spec(8, 6), threads=3)
    assert pictures.shape == (4, 8, 6, 3)
    assert sizes == [(20, 40), (0, 0), (0, 0), (400, 600)]
    assert reasons[0] is None and reasons[3] is None
    assert "b.png is not a picture" in str(reasons[1]) and "no such file" in str(reasons[2])
    assert pictures[0, 0, 0].tolist() == [200, 0, 0]
    assert not pictures[1].any()
    assert np.abs(pictures[3, 4, 3].astype(int) - [0, 0, 200]).max() <= 3


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
def test_reduced_decoding_gives_the_same_input(tmp_path: Path, resize) -> None:
    y, x = np.mgrid[0:480, 0:803]
    waves = (127 + 60 * np.sin(x / 40) + 60 * np.cos(y / 30)).astype(np.uint8)
    Image.fromarray(_grey(waves)).save(tmp_path / "a.jpg", quality=95)
    spec = _spec(32, 48, resize=resize)
    whole = fit(read_rgb(tmp_path / "a.jpg"), spec, geometry((480, 803), (32, 48), resize))
    quick = load_batch([tmp_path / "a.jpg"], spec).pictures[0]
    assert np.abs(whole.astype(int) - quick).max() <= 6


def test_encoding_round_trips(tmp_path: Path) -> None:
    picture = np.random.default_rng(2).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    (tmp_path / "a.png").write_bytes(encode_png(picture))
    assert np.array_equal(read_rgb(tmp_path / "a.png"), picture)
    see_through = np.dstack([picture, picture[..., 0]])
    (tmp_path / "b.png").write_bytes(encode_png(see_through))
    assert np.array_equal(np.asarray(Image.open(tmp_path / "b.png")), see_through)
    (tmp_path / "c.jpg").write_bytes(encode_jpeg(np.full((8, 8, 3), (200, 0, 0), np.uint8)))
    assert np.abs(read_rgb(tmp_path / "c.jpg")[0, 0].astype(int) - (200, 0, 0)).max() <= 3
    with pytest.raises(ValueError, match="uint8"):
        encode_png(np.zeros((2, 2)))  # type: ignore[arg-type]


def test_thumbnail_shrinks_and_never_grows() -> None:
    assert thumbnail(np.zeros((100, 400, 3), np.uint8), 80).shape == (20, 80, 3)
    assert thumbnail(np.zeros((10, 40, 3), np.uint8), 80).shape == (10, 40, 3)


def test_channel_order_by_hand() -> None:
    pictures = np.array([[[[255, 51, 0]]]], np.uint8)
    spec = _spec(1, 1, channel_order="bgr")
    np.testing.assert_allclose(to_input(pictures, spec).ravel(), [0, 0.2, 1])
    torch = to_input(pictures, _spec(1, 1, scaling="torch")).ravel()
    turned = to_input(pictures, _spec(1, 1, scaling="torch", channel_order="bgr")).ravel()
    np.testing.assert_array_equal(turned, torch[::-1])
    named = [
        to_input(pictures, _spec(1, 1, scaling="bgr-subtract-imagenet-mean", channel_order=order))
        for order in ("rgb", "bgr")
    ]
    np.testing.assert_array_equal(*named)
    grey = [to_input(pictures, InputSpec(1, 1, 1, channel_order=order)) for order in ("rgb", "bgr")]
    np.testing.assert_array_equal(*grey)
