"""Batches of network inputs, read from files."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.images import (
    fit,
    geometry,
    load_batch,
    read_rgb,
)
from tests.images.specs import grey, spec_of


def test_load_batch_keeps_the_rows_of_unreadable_files(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), (200, 0, 0)).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_text("no picture")
    Image.new("RGB", (600, 400), (0, 0, 200)).save(tmp_path / "c.jpg")
    paths = [tmp_path / name for name in ("a.png", "b.png", "missing.png", "c.jpg")]
    pictures, sizes, reasons = load_batch(paths, spec_of(8, 6), threads=3)
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
    Image.fromarray(grey(waves)).save(tmp_path / "a.jpg", quality=95)
    spec = spec_of(32, 48, resize=resize)
    whole = fit(read_rgb(tmp_path / "a.jpg"), spec, geometry((480, 803), (32, 48), resize))
    quick = load_batch([tmp_path / "a.jpg"], spec).pictures[0]
    assert np.abs(whole.astype(int) - quick).max() <= 6
