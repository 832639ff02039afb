"""Features in a file, and the picture that people see of them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.sounds import as_stored, from_json, upright
from gradcam_core.images import (
    features_of,
    from_grey,
    load_one,
    picture_size,
    read_features,
    read_rgb,
)
from tests.tasks.audio.sounds import features, sound_project
from tests.tasks.audio.specs import SPEC


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_project(tmp_path_factory.mktemp("sounds"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "wav"}, "kind out of mfe, mfcc, spectrogram"),
        ({"frames": 0}, "frames"),
        ({"stride_s": "fast"}, "stride_s"),
        ({"hertz": [1, 2]}, "8 rising centres"),
        ({"range": [1, 0]}, "two rising numbers"),
    ],
)
def test_a_description_that_cannot_be_used(root: Path, changed: dict[str, Any], words: str) -> None:
    data = json.loads((root / "features.json").read_text())
    assert from_json(data, "x") == features_of(root)
    with pytest.raises(ProjectError) as raised:
        from_json({**data, **changed}, "x")
    assert words in str(raised.value)


def test_the_picture_is_upright_and_can_be_turned_back_exactly(root: Path) -> None:
    file = root / "testing" / "low" / "low0.npy"
    stored = features((slice(None), slice(0, 1)), 0)
    values, described = read_features(file)
    np.testing.assert_array_equal(values, stored.T[::-1])
    np.testing.assert_array_equal(as_stored(upright(stored)), stored)
    picture = read_rgb(file)
    assert picture.shape == (*picture_size(file), 3) == (*described.size, 3)
    assert (picture[-1] == 240).all() and (picture[0] < 60).all()  # the hum lies at the bottom
    small, original = load_one(file, SPEC)
    assert original.size == described.size
    np.testing.assert_allclose(from_grey(small[None], described)[0, ..., 0], values, atol=1e-6)


def test_without_a_range_contrast_is_that_of_the_project(tmp_path: Path) -> None:
    sound_project(tmp_path, range=None, kind="mfcc")
    found = features_of(tmp_path / "testing")
    assert found is not None and found.hertz == ()
    assert found.range == pytest.approx((0, 240 / 255), abs=0.01)
