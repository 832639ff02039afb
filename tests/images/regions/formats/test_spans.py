"""Spans of time, as boxes over the whole height."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.types import Box
from gradcam_core.projects import open_project
from tests.tasks.audio.sounds import FRAMES, sound_project

CSV = "path,start_s,end_s,low_hz,high_hz\nlate0.npy,0.05,0.13,,\nlow1.npy,0,9,,1000\nnone.npy,0,1,,\n"


LABELS = "0.05\t0.13\tword\n\\\t-1\t1000\n"


BAD = '[{"path": "late0.npy", "start_s": 0.3, "end_s": 0.2}]'


def boxed(folder: Path, name: str, text: str) -> Any:
    place = folder / "regions" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return open_project(folder)


def test_spans_are_boxes_over_the_whole_height(tmp_path: Path) -> None:
    project = boxed(sound_project(tmp_path), "spans.csv", CSV)
    described = project.features
    height = float(described.size[0])
    (box,) = project.regions["testing/late/late0"].shapes
    assert (box.left, box.right) == pytest.approx((2 * 31, 6 * 31)) and (box.top, box.bottom) == (0, height)
    (box,) = project.regions["testing/low/low1"].shapes
    assert (box.left, box.right, box.bottom) == (0, FRAMES * 31, height)
    assert box.top == pytest.approx(described.row(1000))
    assert "1 spans are of no sound" in " ".join(fact.warning for fact in project.facts)


def test_an_audacity_label_track_beside_the_features(tmp_path: Path) -> None:
    sound_project(tmp_path)
    (tmp_path / "testing" / "late" / "late1.txt").write_text(LABELS)
    (tmp_path / "testing" / "late" / "late1.wav").write_bytes(b"RIFF")
    project = open_project(tmp_path)
    (box,) = project.regions["testing/late/late1"].shapes
    assert isinstance(box, Box) and box.label == "word" and box.bottom == project.features.size[0]
    assert box.top == pytest.approx(project.features.row(1000))
    assert not [fact for fact in project.facts if fact.name == "left out"]


def test_a_span_that_cannot_be_used_is_a_note(tmp_path: Path) -> None:
    project = boxed(sound_project(tmp_path), "spans.json", BAD)
    assert "start_s" in project.region_notes["testing/late/late0"]
