"""Counts per class and split, sizes, and pictures that show nothing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.base.types import Sample
from gradcam_core.findings.data.counts import counted
from gradcam_core.findings.data.reading import with_samples
from tests.findings.data.data_drawn import drawn, read


def test_classes_splits_and_what_shows_nothing(tmp_path: Path) -> None:
    Image.fromarray(np.full((6, 9, 3), 252, np.uint8)).save(tmp_path / "white.png")
    Image.fromarray(np.full((6, 9, 3), 128, np.uint8)).save(tmp_path / "flat.png")
    project = drawn(tmp_path, per_class=3)
    further = (
        Sample("white", "white.png", "cat", split="train"),
        Sample("flat", "flat.png"),
        Sample("gone", "gone.png", "bird"),
    )
    data = read(with_samples(replace(project, broken={}), further))
    counts = counted(data)
    rows = {row["label"]: row for row in counts.classes.to_dict("records")}
    assert dict(counts.classes[["label", "samples"]].to_numpy().tolist()) == {
        "bird": 1,
        "cat": 4,
        "dog": 3,
        "no label": 1,
    }
    assert rows["cat"]["train"] == 1 and rows["cat"]["test"] == 3
    assert rows["bird"]["unreadable"] == 1 and np.isnan(rows["bird"]["height"])
    assert rows["dog"]["height"] == 40 and 90 < rows["dog"]["brightness"] < 160
    assert counts.sizes == {(40, 40): 6, (6, 9): 2}
    assert data.table["path"].iloc[list(counts.blank)].tolist() == ["white.png", "flat.png"]
