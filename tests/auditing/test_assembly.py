"""Batch results become one run folder."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.auditing import assembly
from gradcam_core.auditing.assembly import Assembly
from gradcam_core.auditing.batch import BatchResult
from gradcam_core.base.errors import AuditError
from gradcam_core.runs.store import open_run
from gradcam_core.runs.writing import RunWriter


def part(first: int, labels: list[str | None], note: int | None) -> BatchResult:
    ids = [f"s{first + row}" for row in range(len(labels))]
    columns = {
        "sample_id": ids,
        "label": labels,
        "status": ["ok"] * len(ids),
        "reason": [""] * len(ids),
        "correct": [None if label is None else True for label in labels],
        "meta_note": [note] * len(ids),
        "score": [np.float32(0.5)] * len(ids),
    }
    maps = np.full((len(ids), 2, 3), first, np.float32)
    return BatchResult(columns, {"heatmaps.npy": maps}, {ids[0]: [[0.0, 0.0, 0.5, 0.0, 0.5, 1.0]]})


def test_parts_become_one_table_whatever_their_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "FLUSHED", 2)
    with RunWriter(tmp_path, "run", 5) as writer:
        work = Assembly(writer)
        work.add(part(0, [None, None], None))
        work.add(part(2, ["cat", None], 7))
        work.add(part(4, ["dog"], None))
        table, outlines = work.finished()
        known = {"input": {"height": 8, "width": 8}, "maps": {"classic": {"grid": [2, 3]}}}
        manifest = {"run_id": "run", "created": "now", "project": {}, **known}
        done = open_run(writer.finish(manifest, table, outlines))
    assert list(done.table["sample_id"]) == ["s0", "s1", "s2", "s3", "s4"]
    assert list(done.table["label"].fillna("")) == ["", "", "cat", "", "dog"]
    assert list(done.table["correct"]) == [None, None, True, None, True]
    assert (done.table["score"] == 0.5).all()
    np.testing.assert_array_equal(done.table["meta_note"], [np.nan, np.nan, 7, 7, np.nan])
    np.testing.assert_array_equal(done.maps()[:, 0, 0], [0, 0, 2, 2, 4])
    assert sorted(done.outlines([f"s{row}" for row in range(5)])) == ["s0", "s2", "s4"]


def test_a_run_without_one_readable_picture_is_refused(tmp_path: Path) -> None:
    bad = part(0, ["cat"], None)
    columns = {**bad.columns, "status": ["unreadable"], "reason": ["empty file"]}
    with RunWriter(tmp_path, "run", 1) as writer:
        work = Assembly(writer)
        work.add(BatchResult(columns, bad.arrays, {}))
        with pytest.raises(AuditError, match="the first: empty file"):
            work.finished()
