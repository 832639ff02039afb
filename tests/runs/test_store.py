"""Run folders: what is no run is an error or is left out, never a crash."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gradcam_core.__main__ import main
from gradcam_core.base.errors import RunError
from gradcam_core.runs.store import OUTLINES, Run, list_runs, open_run
from gradcam_core.runs.writing import OUTLINE_GROUP


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "a run folder with a manifest.json"),
        ("{", "expected JSON"),
        ("[1, 2]", "schema version 1"),
        (json.dumps({"schema_version": 99}), "found 99"),
        (json.dumps({"schema_version": 1, "run_id": "x"}), "project, input, maps in manifest.json"),
    ],
)
def test_a_folder_that_is_no_run(text: str | None, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    if text is not None:
        (folder / "manifest.json").write_text(text)
    with pytest.raises(RunError, match=words):
        open_run(folder)
    assert list_runs(tmp_path) == []


def test_runs_that_cannot_be_written_are_one_clear_line(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["audit", str(tiny_project), "--maps", "classic", "--runs", str(tmp_path / "file")]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert line.startswith("expected to read and write")
    assert "to do: check path and rights" in line


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


def test_categories_are_read_in_alphabetical_order_and_gaps_stay_gaps(run: Run) -> None:
    table = run.categorised(("label", "status", "no such column"))
    assert list(table["label"].cat.categories) == ["cat", "dog"]
    assert list(table["label"]) == list(run.table["label"])
    assert table.drop(columns=["label", "status"]).equals(run.table.drop(columns=["label", "status"]))
