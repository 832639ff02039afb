"""Parquet and Arrow with pictures inside: names of numbers, several labels, boxes, rows without one."""

from pathlib import Path

import pyarrow as pa

from gradcam_core.projects.folder.packs import PACKS, Item
from tests.projects.folder.packs.samples import parquet, png

PETS = {"names": ["cat", "dog"], "_type": "ClassLabel"}


def items(file: Path) -> list[Item]:
    return list(PACKS["parquet"].read(file))


def test_numbers_are_called_as_the_schema_says(tmp_path: Path) -> None:
    rows = {
        "image": [{"bytes": png(), "path": "/data/x/a.png"}] * 3,
        "labels": [1, -1, 7],
        "age": [3, 4, 5],
    }
    file = parquet(tmp_path / "a.parquet", rows, {"image": {"_type": "Image"}, "labels": PETS})
    assert [one.columns for one in items(file)] == [
        {"label": "dog", "age": 3},
        {"age": 4},
        {"label": "7", "age": 5},
    ]
    assert [one.name for one in items(file)] == ["a.png"] * 3
    assert PACKS["parquet"].classes(file) == ("cat", "dog")


def test_the_first_named_numbers_are_the_label_where_no_column_is_called_so(tmp_path: Path) -> None:
    rows = {"image": [png()], "fine": [1], "coarse": [0]}
    file = parquet(tmp_path / "a.parquet", rows, {"fine": PETS, "coarse": {**PETS, "names": ["a"]}})
    assert items(file)[0].columns == {"label": "dog", "coarse": "a"}


def test_several_labels_and_boxes(tmp_path: Path) -> None:
    objects = [{"bbox": [[1.0, 2.0, 3.0, 4.0]], "category": [1]}, {"bbox": [], "category": []}]
    rows = {"image": [png()] * 2, "labels": [[0, 1], []], "objects": objects}
    kinds = {"labels": {"feature": PETS, "_type": "Sequence"}, "objects": {"feature": {"category": PETS}}}
    first, second = items(parquet(tmp_path / "a.parquet", rows, kinds))
    assert first.columns["label"] == "cat|dog" and second.columns["label"] == "none"
    assert first.columns["objects"] == {"bbox": [[1, 2, 3, 4]], "categories": ["dog"]}


def test_a_list_of_objects_is_read_as_well(tmp_path: Path) -> None:
    rows = {"image": [png()], "objects": [[{"bbox": [1, 2, 3, 4], "category": 0}]]}
    told = {"objects": [{"category": PETS}]}
    found = items(parquet(tmp_path / "a.parquet", rows, told))[0].columns["objects"]
    assert found == {"bbox": [[1, 2, 3, 4]], "categories": ["cat"]}


def test_rows_without_a_picture_say_so(tmp_path: Path) -> None:
    rows = {"image": [png(), None, b"%PDF-1.7"]}
    found = items(parquet(tmp_path / "a.parquet", rows))
    assert [bool(one.data) for one in found] == [True, False, False]
    assert found[1].reason.startswith("no picture in") and "known format" in found[2].reason


def test_a_table_of_paths_is_none(tmp_path: Path) -> None:
    assert not PACKS["parquet"].takes(parquet(tmp_path / "a.parquet", {"path": ["a.png"], "label": ["x"]}))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and nothing")
    assert not PACKS["parquet"].takes(tmp_path / "b.parquet")


def test_arrow_streams_and_files(tmp_path: Path) -> None:
    table = pa.table({"image": pa.array([png()] * 20, pa.binary()), "label": ["x"] * 20})
    for name, writer in (("s.arrow", pa.ipc.new_stream), ("f.arrow", pa.ipc.new_file)):
        with writer(str(tmp_path / name), table.schema) as out:
            out.write_table(table)
        found = list(PACKS["arrow"].read(tmp_path / name))
        assert len(found) == 20 and found[19].columns == {"label": "x"}
