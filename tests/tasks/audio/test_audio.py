"""Features of sounds: what a cell means, how a file becomes picture and input, maps turned upright."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.model import inspect_model, open_explainer
from gradcam_core.projects import open_project
from gradcam_core.projects.demos.catalogue import MODELS
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks import TASKS
from tests.tasks.audio.sounds import BANDS, FRAMES, sound_project
from tests.tasks.audio.specs import SPEC


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.zeros((BANDS, FRAMES)), "shape (8, 13)"),
        (np.zeros(5), "shape (5,)"),
        (np.full((FRAMES, BANDS), np.nan), "no numbers"),
        (np.array([{}], dtype=object), "damaged"),
        (np.ones((FRAMES, BANDS), complex), "complex"),
        (np.array(["1"] * FRAMES * BANDS), "<U1"),
        (np.full((FRAMES, BANDS), 1e300), "no numbers"),
        (None, "no such file"),
    ],
)
def test_files_that_cannot_be_read(root: Path, values: Any, words: str) -> None:
    file = root / "broken.npy"
    file.unlink(missing_ok=True)
    if values is not None:
        np.save(file, values, allow_pickle=True)
    with pytest.raises(SampleError) as raised:
        TASKS["audio"].medium.read(file, SPEC)
    assert words in str(raised.value.found)
    file.unlink(missing_ok=True)


def test_a_lone_array_is_no_picture(tmp_path: Path) -> None:
    np.save(tmp_path / "embeddings.npy", np.zeros(3))
    with pytest.raises(ProjectError, match="pictures in class folders") as raised:
        open_project(tmp_path)
    assert "features.json" in raised.value.todo


def test_a_pooling_with_a_dropout_behind_it_is_still_a_pooling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edge Impulse's usual end: convolution, pooling, dropout, flatten. 49 frames halve to 25."""
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    info = inspect_model(MODELS / "keywords.h5")
    assert (info.shape, info.viewed) == ((1960,), (49, 40, 1))
    assert (info.classic.name, info.classic.grid) == ("conv2d_1", (25, 20))
    assert info.fine is not None and info.fine.grid == (49, 40)


def test_audio_needs_a_description(tmp_path: Path, saved: Any) -> None:
    project = open_project(sound_project(tmp_path), Overrides(task="classification"))
    with pytest.raises(ProjectError, match=r"features\.json"):
        TASKS["audio"].wrapped(project, open_explainer(saved("flat 2d"), engine="tensorflow"))
