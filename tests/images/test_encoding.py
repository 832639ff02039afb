"""Pictures as bytes of a file, and smaller ones."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.images import (
    encode_jpeg,
    encode_png,
    read_rgb,
    thumbnail,
)


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
