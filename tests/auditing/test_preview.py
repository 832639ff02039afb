"""What the network gets, drawn back: the way up that it is fed, of every class in turn."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.preview import preview, sheet, spread
from gradcam_core.base.types import InputSpec, Project, Sample


@pytest.mark.parametrize(("way", "top"), [("stored", 200), ("upright", 20)])
def test_a_turned_picture_is_shown_as_it_is_fed(tmp_path: Path, way: str, top: int) -> None:
    pixels = np.full((8, 8, 3), 20, np.uint8)
    pixels[:4] = 200
    tags = Image.Exif()
    tags[274] = 3  # upside down
    Image.fromarray(pixels).save(tmp_path / "a.png", exif=tags)
    project = Project("p", tmp_path, (), (Sample("a", "a.png"), Sample("b", "b.png", "cat")), None)
    spec = InputSpec(8, 8, 1, scaling="-128..127", orientation=way)
    shown, missing = preview(project, spec)
    assert shown.picture is not None and shown.picture[0, 0].tolist() == [top] * 3
    assert shown.words == "values -108 to 72" and shown.to_json()["png"]
    assert missing.picture is None and "no such file" in missing.words
    assert sheet([shown, missing]).dtype == np.uint8


def test_every_class_has_its_turn() -> None:
    samples = [Sample(str(n), f"{n}.png", "cat" if n < 90 else "dog") for n in range(100)]
    assert [one.label for one in spread(samples, 6)] == ["cat", "dog"] * 3
    assert [one.id for one in spread(samples, 6)][::2] == ["0", "44", "89"], (
        "the first, one between, the last"
    )
    assert [one.label for one in spread(samples[:91], 4)] == ["cat", "dog", "cat", "cat"]
    assert len(spread(samples[:4], 6)) == 4
    assert [one.id for one in spread(samples[:90], 2)] == ["0", "89"]


def test_features_of_sounds_have_no_preview(tmp_path: Path) -> None:
    project = Project("p", tmp_path, (), (Sample("a", "a.npy"),), None, task="audio")
    assert preview(project, InputSpec(8, 8, 1)) == []
