"""What ``inspect`` says: format by content, candidates, defaults, and refusals with their reason."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gradcam_core.model import inspect_model

Saved = Callable[[str], Path]


@pytest.mark.parametrize(
    ("name", "format", "head", "activation"),
    [
        ("pooled", "keras 3", "pooled-dense", "softmax"),
        ("keras 3 h5", "keras 3 h5", "pooled-dense", "softmax"),
        ("flat", "keras 3", "flatten-dense", "softmax"),
        ("flatten", "keras 3", "flatten-dense", "softmax"),
        ("average", "keras 3", "pooled-dense", "softmax"),
        ("averages", "keras 3", "flatten-dense", "softmax"),
        ("plain cnn", "keras 3 h5", "flatten-dense", "softmax"),
        ("linear", "keras 3", "deep", "linear"),
        ("sigmoid", "keras 3", "pooled-dense", "sigmoid"),
        ("nested", "keras 2 h5", "deep", "softmax"),
        ("nested keras 2", "keras 2", "deep", "softmax"),
        ("served", "SavedModel", "pooled-dense", "softmax"),
    ],
)
def test_format_head_and_activation(
    saved: Saved, name: str, format: str, head: str, activation: str
) -> None:
    info = inspect_model(saved(name))
    assert (info.format, info.head, info.activation) == (format, head, activation)


@pytest.mark.parametrize(
    ("name", "wrong"), [("nested", "a.keras"), ("pooled", "b.h5"), ("pooled", "c.txt")]
)
def test_a_wrong_name_does_not_matter(saved: Saved, tmp_path: Path, name: str, wrong: str) -> None:
    shutil.copy(saved(name), tmp_path / wrong)
    assert inspect_model(tmp_path / wrong).sha256 == inspect_model(saved(name)).sha256
