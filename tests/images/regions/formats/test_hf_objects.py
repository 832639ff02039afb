"""``metadata.jsonl`` with objects."""

import json
from pathlib import Path
from typing import Any

from gradcam_core.base.types import Box, Sample
from tests.images.regions.region_files import read, write


def test_boxes_of_each_line(tmp_path: Path, samples: list[Sample]) -> None:
    entries: list[Any] = [
        {
            "file_name": "cat/1.jpg",
            "objects": {"bbox": [[1, 2, 3, 4], [0, 0, "x", 1]], "categories": ["cat", 1]},
        },
        {"file_name": "gone.jpg", "objects": {"bbox": []}},
        {"file_name": "2.v1.png", "objects": None},
    ]
    lines = "\n".join(json.dumps(entry) for entry in entries)
    write(tmp_path / "Annotations" / "metadata.jsonl", lines + "\n\n[]\n")
    found = read(tmp_path, samples)
    assert found.regions["cat/1"].shapes == (Box(1, 2, 4, 6, "cat"),)
    assert found.notes == {"cat/1": "an object without a usable bbox"}
    assert found.problems == ["1 annotated pictures are not in this project"]


def test_a_damaged_line_is_said(tmp_path: Path, samples: list[Sample]) -> None:
    good = json.dumps({"file_name": "cat/1.jpg", "objects": {"bbox": [[1, 2, 3, 4]]}})
    write(tmp_path / "Annotations" / "metadata.jsonl", f"{good}\n{{")
    found = read(tmp_path, samples)
    assert list(found.regions) == ["cat/1"] and "metadata.jsonl" in found.problems[0]
