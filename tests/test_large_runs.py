"""What lets a run be large: parts become columns early, a page reads its own outlines only."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from run_factory import Recipe, make_run

from gradcam_core import assemble
from gradcam_core.assemble import Assembly
from gradcam_core.batch import Part
from gradcam_core.errors import AuditError
from gradcam_core.store import OUTLINE_GROUP, OUTLINES, Run, RunWriter, open_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(n=1300, every_without_region=4)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], []),
        (["sample-00000"], ["sample-00000"]),
        (
            ["sample-01298", "sample-00002", "sample-00513"],
            ["sample-00002", "sample-00513", "sample-01298"],
        ),
        (["sample-00003", "nobody"], []),  # every fourth has no region
    ],
)
def test_outlines_of_the_asked_samples(run: Run, asked: list[str], found: list[str]) -> None:
    assert sorted(run.outlines(asked)) == found


def test_a_page_reads_the_row_groups_of_its_samples_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    whole = pq.ParquetFile.read_row_group
    run.outlines(["sample-00000"])  # the ids are known from here on

    def spy(file: pq.ParquetFile, group: int, *rest: object, **more: object) -> object:
        read.append(group)
        return whole(file, group, *rest, **more)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", spy)
    run.outlines(["sample-00000", "sample-00001", "sample-01298"])
    assert pq.ParquetFile(run.path / OUTLINES).metadata.num_row_groups == -(-975 // OUTLINE_GROUP)
    assert read == [0, 1]


def part(first: int, labels: list[str | None], note: int | None) -> Part:
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
    return Part(columns, {"heatmaps.npy": maps}, {ids[0]: [[0.0, 0.0, 0.5, 0.0, 0.5, 1.0]]})


def test_parts_become_one_table_whatever_their_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assemble, "FLUSHED", 2)
    with RunWriter(tmp_path, "run", 5) as writer:
        work = Assembly(writer)
        work.add(part(0, [None, None], None))
        work.add(part(2, ["cat", None], 7))
        work.add(part(4, ["dog"], None))
        table, outlines = work.finished()
        done = open_run(writer.finish({"run_id": "run", "maps": {"classic": {}}}, table, outlines))
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
        work.add(Part(columns, bad.arrays, {}))
        with pytest.raises(AuditError, match="the first: empty file"):
            work.finished()
