"""Which kind of model file is this?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model

Saved = Callable[[str], Path]


def _truncated(saved: Saved, path: Path, name: str) -> None:
    content = saved(name).read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b"\x1c\0\0\0TFL3....", "damaged"),
        (b"#!/bin/sh", "no known kind"),
        ("nested", "damaged"),
        ("pooled", "damaged"),
    ],
)
def test_other_and_truncated_files_are_named(
    saved: Saved, tmp_path: Path, content: bytes | str, found: str
) -> None:
    path = tmp_path / "model.h5"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        _truncated(saved, path, content)
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    assert found in caught.value.found
    assert caught.value.todo


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        inspect_model(tmp_path / "none.h5")
    with pytest.raises(ModelError, match="nothing"):
        inspect_model(tmp_path)
