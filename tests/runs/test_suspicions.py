"""Suspicions on disk."""

from pathlib import Path

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.runs.suspicions import read_suspicions, write_suspicions

MARK = Suspicion(
    id="fixed-marker/cat/1",
    flag="fixed-marker",
    label="cat",
    samples=("sample-00000", "sample-00002"),
    boxes={"sample-00000": (0.0, 0.5, 0.25, 1.0)},
    controls={"sample-00000": (0.5, 0.0, 0.75, 0.5)},
    patch=np.full((3, 5, 3), 200, np.uint8),
    statement="A spot.",
)


def test_suspicions_survive_the_disk(tmp_path: Path) -> None:
    write_suspicions(tmp_path, (MARK,))
    (again,) = read_suspicions(tmp_path)
    assert again.patch is not None
    assert (again.patch == 200).all()
    assert again.patch.shape == (3, 5, 3)
    assert (again.id, again.label, again.boxes) == (MARK.id, "cat", MARK.boxes)
    assert again.controls == MARK.controls
    (tmp_path / "suspicions" / "suspicions.json").write_text('[{"id": 3}]')
    assert read_suspicions(tmp_path) == ()
    assert read_suspicions(tmp_path / "nowhere") == ()
